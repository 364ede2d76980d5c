package io.tributary.channels.chat;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.MessageId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the users in a thread that somebody types there. All of it may be lost: what comes too
 * often is dropped, threads with many users are not told whole.
 */
final class TypingOut {
  private static final Logger LOG = LoggerFactory.getLogger(TypingOut.class);

  private static final int THREADS_MAX = 16;
  private static final int TOLD_MAX = 20;
  private static final long TOLD_WITHIN_MILLIS = 10_000;
  private static final long REPEAT_LEAST_MILLIS = 2_000;
  private static final long PEOPLE_MAX_AGE_MILLIS = 60_000;

  private final ChatHost host;
  private final Member member;
  private final Map<MessageId, Known> threads = new LinkedHashMap<>();

  private long budgetMillis;
  private int told;

  /** What is known of a thread in which was typed lately. */
  private static final class Known {
    private Set<UserId> others = Set.of();
    private long readMillis;
    private long toldMillis;
    private boolean asking;
    private boolean on;
    private boolean told;
  }

  TypingOut(ChatHost host, Member member) {
    this.host = host;
    this.member = member;
  }

  void typing(MessageId thread, boolean on) {
    Known known = known(thread);
    if (known.on == on && now() - known.toldMillis < REPEAT_LEAST_MILLIS) {
      return;
    }
    if (!hasBudget()) {
      return;
    }
    known.on = on;
    known.toldMillis = now();
    if (known.asking) {
      return; // the answer tells what is true then
    }
    if (now() - known.readMillis < PEOPLE_MAX_AGE_MILLIS) {
      tell(known);
    } else {
      ask(thread, known);
    }
  }

  private boolean hasBudget() {
    if (now() - budgetMillis >= TOLD_WITHIN_MILLIS) {
      budgetMillis = now();
      told = 0;
    }
    told++;
    return told <= TOLD_MAX;
  }

  private Known known(MessageId thread) {
    Known known = threads.get(thread);
    if (known == null) {
      if (threads.size() >= THREADS_MAX) {
        Map.Entry<MessageId, Known> oldest = threads.entrySet().iterator().next();
        stop(oldest.getValue());
        threads.remove(oldest.getKey());
      }
      known = new Known();
      known.readMillis = now() - PEOPLE_MAX_AGE_MILLIS;
      known.toldMillis = now() - REPEAT_LEAST_MILLIS;
      threads.put(thread, known);
    }
    return known;
  }

  private void ask(MessageId thread, Known known) {
    known.asking = true;
    Disposable unused =
        Ports.bounded(
                host, host.ports().conversations().usersIn(member.user(), thread), Set.<UserId>of())
            .subscribe(
                others -> came(known, others),
                error -> {
                  LOG.error("event=chat.typing_broken user={}", member.user(), error);
                  known.asking = false;
                });
  }

  private void came(Known known, Set<UserId> others) {
    known.asking = false;
    known.others = new HashSet<>(others);
    known.others.remove(member.user());
    known.readMillis = now();
    tell(known);
  }

  private void tell(Known known) {
    if (!known.on && !known.told) {
      return;
    }
    known.told = known.on;
    known.others.stream()
        .limit(host.settings().limits().peersMax())
        .forEach(other -> host.ports().feed().tell(signal(other, known)));
  }

  private Signal signal(UserId to, Known known) {
    Set<UserId> people = new HashSet<>(known.others);
    people.remove(to);
    people.add(member.user());
    return new Signal.Typing(to, member.user(), member.address(), people, known.on);
  }

  private void stop(Known known) {
    if (known.on) {
      known.on = false;
      tell(known);
    }
  }

  /** The session ends: nobody types in it any more. */
  void stop() {
    new HashMap<>(threads).values().forEach(this::stop);
    threads.clear();
  }

  private long now() {
    return host.environment().scheduler().now(TimeUnit.MILLISECONDS);
  }
}
