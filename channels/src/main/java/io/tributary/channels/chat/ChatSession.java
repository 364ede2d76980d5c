package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.TokenCheck;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ClientFrames;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.identity.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chat session, from connection to close. Single-threaded: every call, and everything it does,
 * happens on the thread of {@link ChatEnvironment#scheduler}.
 *
 * <p>This class lets a client in, watches that client, token and connection stay alive, and leaves;
 * what is said in between is {@link Talk}'s.
 */
public final class ChatSession {
  private static final Logger LOG = LoggerFactory.getLogger(ChatSession.class);

  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** How far a session got. */
  private enum Stage {
    NEW,
    /** Waits for hello. */
    SILENT,
    /** Hello is looked at; nothing more is read. */
    GREETED,
    TALKING,
    /** Says its last words, or has. */
    OVER
  }

  private final ChatHost host;
  private final ChatTransport transport;
  private final Scheduler.Worker worker;
  private final Outlet outlet;
  private final Vigil vigil;
  private final String trace;

  private Stage stage = Stage.NEW;
  private boolean admitted;
  private boolean gone;
  private Disposable helloTimer = Disposable.disposed();
  private @Nullable UserId user;
  private @Nullable Talk talk;

  public ChatSession(ChatHost host, ChatTransport transport) {
    this.host = host;
    this.transport = transport;
    this.trace = host.environment().newTrace();
    this.worker = host.environment().scheduler().createWorker();
    this.outlet =
        new Outlet(
            transport,
            worker,
            host.settings().times().drain().toMillis(),
            () -> end(Farewell.TOO_SLOW));
    this.vigil = new Vigil(host, transport, worker, outlet, this::end);
  }

  /** The connection is there. Once. */
  public void open() {
    if (stage != Stage.NEW) {
      return; // shut down, or gone, before it began
    }
    admitted = host.gate().enter();
    if (!admitted) {
      leave(Farewell.TOO_MANY_SESSIONS);
      return;
    }
    host.observer().sessionOpened();
    stage = Stage.SILENT;
    helloTimer = after(host.settings().times().hello().toMillis(), this::helloIsLate);
  }

  /** A text message. */
  public void receive(String text) {
    vigil.heard();
    if (stage != Stage.OVER) {
      guarded(() -> work(ClientFrames.parse(text)));
    }
  }

  /** Something that is no text message. */
  public void receiveOther() {
    leave(Farewell.NOT_TEXT);
  }

  /** The answer to a ping. */
  public void pong() {
    vigil.heard();
  }

  /** Little enough waits to be sent. */
  public void drained() {
    outlet.drained();
    if (talk != null && outlet.isReady()) {
      talk.resume();
    }
  }

  /** The connection is gone, whoever closed it. Sends under way are still awaited and counted. */
  public void closed() {
    if (gone) {
      return;
    }
    gone = true;
    stop();
    worker.dispose();
    if (admitted) {
      host.gate().leave();
      host.observer().sessionClosed();
    }
  }

  /** The server stops: answers the sends that are under way, then says so and closes. */
  public void shutDown() {
    if (stage != Stage.TALKING || talk == null) {
      leave(Farewell.GOING_AWAY);
      return;
    }
    outlet.hold();
    Disposable unused =
        after(host.settings().times().farewell().toMillis(), () -> leave(Farewell.GOING_AWAY));
    talk.whenAnswered(() -> leave(Farewell.GOING_AWAY));
  }

  private void work(ClientFrame frame) {
    if (stage == Stage.SILENT) {
      first(frame);
    } else if (frame instanceof ClientFrame.Bad bad) {
      wrong(bad);
    } else if (frame instanceof ClientFrame.Hello) {
      wrong(new ClientFrame.Bad(ErrorCode.INVALID, "type: hello was said", Optional.empty()));
    } else if (stage == Stage.TALKING && talk != null) {
      talk.obey(frame);
    }
  }

  private void first(ClientFrame frame) {
    if (frame instanceof ClientFrame.Hello hello) {
      stage = Stage.GREETED;
      outlet.hold();
      Disposable unused =
          vigil
              .check(hello.token())
              .subscribe(outcome -> guarded(() -> greeted(hello, outcome)), error -> broken(error));
      return;
    }
    if (frame instanceof ClientFrame.Bad bad) {
      tell(bad);
    }
    leave(Farewell.HELLO_FIRST);
  }

  private void greeted(ClientFrame.Hello hello, TokenCheck.Outcome outcome) {
    if (stage != Stage.GREETED) {
      return;
    }
    if (outcome instanceof TokenCheck.Outcome.Holder holder) {
      admit(hello, holder);
    } else {
      leave(
          outcome instanceof TokenCheck.Outcome.Invalid
              ? Farewell.TOKEN_INVALID
              : Farewell.UNAVAILABLE);
    }
  }

  private void admit(ClientFrame.Hello hello, TokenCheck.Outcome.Holder holder) {
    if (!host.gate().enter(holder.user())) {
      leave(Farewell.TOO_MANY_SESSIONS_OF_USER);
      return;
    }
    user = holder.user();
    Member member = new Member(holder.user(), holder.name(), hello.device());
    LOG.debug("event=chat.hello trace={} user={}", trace, holder.user());
    Talk created =
        new Talk(host, member, outlet, worker, () -> welcomed(hello.token(), holder.user()));
    talk = created;
    created.start(hello.since());
  }

  private void welcomed(String token, UserId holder) {
    if (stage != Stage.GREETED) {
      return;
    }
    stage = Stage.TALKING;
    helloTimer.dispose();
    vigil.start(token, holder);
    outlet.release();
  }

  private void helloIsLate() {
    leave(stage == Stage.SILENT ? Farewell.NO_HELLO : Farewell.UNAVAILABLE);
  }

  private void wrong(ClientFrame.Bad bad) {
    tell(bad);
    if (!vigil.tolerates()) {
      leave(Farewell.TOO_MANY_ERRORS);
    }
  }

  private void tell(ClientFrame.Bad bad) {
    host.observer().errorTold(bad.code());
    outlet.error(bad.code(), bad.reason(), bad.id());
  }

  /** Says a last word and closes. */
  private void leave(Farewell why) {
    if (stage == Stage.OVER) {
      return;
    }
    host.observer().ended(why);
    LOG.debug("event=chat.leave trace={} why={}", trace, why);
    outlet.write(
        new ServerFrame.Bye(why.reason(), why.comeBack().map(host.environment()::jitteredMillis)));
    stop();
    transport.close(why.closeCode(), why.reason());
    Disposable unused = after(CLOSING.toMillis(), transport::abort);
  }

  /** Leaves; without a word if nobody would read it. */
  private void end(Farewell why) {
    if (why != Farewell.TOO_SLOW && why != Farewell.DEAD) {
      leave(why);
    } else if (stage != Stage.OVER) {
      host.observer().ended(why);
      LOG.debug("event=chat.drop trace={} why={}", trace, why);
      stop();
      transport.abort();
    }
  }

  /** Nothing more is done for the client. */
  private void stop() {
    stage = Stage.OVER;
    helloTimer.dispose();
    vigil.stop();
    outlet.close();
    if (user != null) {
      host.gate().leave(user);
      user = null;
    }
    if (talk != null) {
      talk.stop();
      talk = null;
    }
  }

  private Disposable after(long millis, Runnable task) {
    return worker.schedule(() -> guarded(task), millis, TimeUnit.MILLISECONDS);
  }

  /** An error of ours ends this session, and tells the client to come back. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException error) {
      broken(error);
    }
  }

  private void broken(Throwable error) {
    LOG.error("event=chat.session_broken trace={}", trace, error);
    leave(Farewell.BROKEN);
  }
}
