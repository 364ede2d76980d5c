package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.chat.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One more device for each mailbox, which only listens. It notes what comes; when nothing comes for
 * longer than the server may be silent, it connects again and goes on after the last position.
 */
final class ListenScenario {
  private static final String MAILBOX = "listenMailbox";
  private static final String LAST_FRAME = "listenLast";
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);
  private static final Duration BEFORE_RECONNECT = Duration.ofMillis(300);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(8);
  private static final Duration AFTER_LAST = Duration.ofSeconds(12);

  private ListenScenario() {}

  static ScenarioBuilder of(LoadRun run) {
    AtomicInteger numbers = new AtomicInteger();
    AtomicLong sendersDoneAt = new AtomicLong();
    return scenario("listen")
        .exec(session -> person(run, numbers.getAndIncrement(), session))
        .asLongAs(session -> isWanted(run, sendersDoneAt))
        .on(
            exec(Sockets.ensure())
                .doIfOrElse(Sockets::isOpen)
                .then(exec(session -> begun(run, session)).exec(listen(run)))
                .orElse(exec(Session::markAsSucceeded).exec(pause(BEFORE_RECONNECT))));
  }

  private static Session person(LoadRun run, int index, Session session) {
    LoadUser user = run.mailboxes().get(index);
    return session
        .set(MAILBOX, user.name())
        .set(Sockets.TOKEN, user.token())
        .set(Sockets.DEVICE, "listen-" + run.marker().run());
  }

  /** Until all senders are done and all they sent has come, or has had its time to. */
  private static boolean isWanted(LoadRun run, AtomicLong sendersDoneAt) {
    if (run.live().sendersDone() < run.shape().users()) {
      return !run.isOver();
    }
    sendersDoneAt.compareAndSet(0, System.nanoTime());
    return !run.live().isComplete()
        && System.nanoTime() - sendersDoneAt.get() < AFTER_LAST.toNanos();
  }

  private static Session begun(LoadRun run, Session session) {
    Session fresh =
        session.contains(LAST_FRAME) ? session : session.set(LAST_FRAME, System.nanoTime());
    if (session.contains(Sockets.SINCE)) {
      return fresh;
    }
    run.live().listening();
    return fresh.set(Sockets.SINCE, Sockets.welcome(session));
  }

  /** As long as the socket lives. */
  private static ChainBuilder listen(LoadRun run) {
    return exec(ws.processUnmatchedMessages(
            Sockets::name, (messages, session) -> read(run, messages, session)))
        .exec(ListenScenario::judge)
        .exec(pause(LOOK_EVERY));
  }

  private static Session read(LoadRun run, List<WsInboundMessage> messages, Session session) {
    Session after = session;
    for (WsInboundMessage message : messages) {
      if (message instanceof WsInboundMessage.Text text) {
        after = note(run, ServerFrame.parse(text.message()), after);
      }
    }
    return messages.isEmpty() ? after : after.set(LAST_FRAME, System.nanoTime());
  }

  private static Session note(LoadRun run, ServerFrame frame, Session session) {
    if (frame.type().equals("gap")) {
      run.live().gap();
    }
    if (!frame.type().equals("message")) {
      return session;
    }
    frame
        .text()
        .flatMap(run.marker()::idIn)
        .ifPresent(id -> run.live().seen(session.getString(MAILBOX), id));
    return frame.seq().map(seq -> session.set(Sockets.SINCE, seq)).orElse(session);
  }

  private static Session judge(Session session) {
    boolean silent = System.nanoTime() - session.getLong(LAST_FRAME) > SILENCE_MAX.toNanos();
    return session.isFailed() || silent
        ? Sockets.drop(session).remove(LAST_FRAME).markAsSucceeded()
        : session;
  }
}
