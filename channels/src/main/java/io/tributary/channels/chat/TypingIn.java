package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.MessageId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a client who types in which of its threads. Whoever does not say so again for a while has
 * stopped.
 */
final class TypingIn {
  private static final Logger LOG = LoggerFactory.getLogger(TypingIn.class);

  private static final long LASTS_MILLIS = 8_000;
  private static final int THREADS_MAX = 32;
  private static final int ASKED_MAX = 8;

  private final ChatHost host;
  private final Member member;
  private final Outlet outlet;
  private final Scheduler.Worker worker;
  private final Map<Typist, Disposable> typing = new HashMap<>();
  private final Map<Set<UserId>, MessageId> threads =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Set<UserId>, MessageId> eldest) {
          return size() > THREADS_MAX;
        }
      };
  private int asked;

  private record Typist(MessageId thread, UserId user) {}

  TypingIn(ChatHost host, Member member, Outlet outlet, Scheduler.Worker worker) {
    this.host = host;
    this.member = member;
    this.outlet = outlet;
    this.worker = worker;
  }

  void told(Signal.Typing signal) {
    if (signal.from().equals(member.user())) {
      return;
    }
    MessageId thread = threads.get(signal.people());
    if (thread != null) {
      pass(thread, signal);
    } else if (signal.on() && asked < ASKED_MAX) {
      ask(signal);
    }
  }

  private void ask(Signal.Typing signal) {
    asked++;
    Disposable unused =
        Ports.bounded(
                host,
                host.ports().conversations().threadWith(member.user(), signal.people()),
                Optional.<MessageId>empty())
            .subscribe(
                thread -> found(signal, thread),
                error -> {
                  asked--;
                  LOG.error("event=chat.typing_broken user={}", member.user(), error);
                });
  }

  private void found(Signal.Typing signal, Optional<MessageId> thread) {
    asked--;
    if (thread.isPresent() && !worker.isDisposed()) {
      threads.put(signal.people(), thread.get());
      pass(thread.get(), signal);
    }
  }

  private void pass(MessageId thread, Signal.Typing signal) {
    Typist typist = new Typist(thread, signal.from());
    Disposable before = typing.remove(typist);
    if (before != null) {
      before.dispose();
    }
    if (signal.on()) {
      if (typing.size() >= host.settings().limits().peersMax()) {
        return;
      }
      typing.put(
          typist,
          worker.schedule(() -> stopped(typist, signal), LASTS_MILLIS, TimeUnit.MILLISECONDS));
    }
    if (signal.on() || before != null) {
      write(thread, signal, signal.on());
    }
  }

  private void stopped(Typist typist, Signal.Typing signal) {
    typing.remove(typist);
    write(typist.thread(), signal, false);
  }

  private void write(MessageId thread, Signal.Typing signal, boolean on) {
    outlet.writeIfReady(new ServerFrame.Typing(thread, signal.about(), on));
  }
}
