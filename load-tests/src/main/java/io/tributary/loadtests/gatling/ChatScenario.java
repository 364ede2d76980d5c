package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People who chat: each virtual user is one device of a user, and writes to another user; a message
 * is done when the sender was told {@code sent} and the other user's socket brought it.
 */
final class ChatScenario {
  private static final String ID = "chatId";
  private static final String FROM = "chatFrom";
  private static final String TO = "chatTo";
  private static final String FRAME = "chatFrame";
  private static final String ANSWER = "chatAnswer";
  private static final String WAIT_UNTIL = "chatUntil";
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);
  private static final Duration FRAME_MAX = Duration.ofSeconds(10);

  private ChatScenario() {}

  static ScenarioBuilder of(LoadRun run) {
    AtomicInteger devices = new AtomicInteger();
    return scenario("chat")
        .exec(session -> person(run, devices.getAndIncrement(), session))
        .exec(untilListenersAreReady(run))
        .exec(
            Attempts.loop(
                run,
                exec(session -> draw(run, session)),
                group("chat message")
                    .on(
                        exec(attempt())
                            .exec(session -> judge(run, session))
                            .exec(untilReceived(run)))))
        .exec(
            session -> {
              run.live().senderDone();
              return session;
            });
  }

  private static Session person(LoadRun run, int device, Session session) {
    int index = device % run.mailboxes().size();
    LoadUser user = run.mailboxes().get(index);
    return session
        .set(FROM, index)
        .set(Sockets.TOKEN, user.token())
        .set(Sockets.DEVICE, "load-" + run.marker().run() + "-" + device);
  }

  private static ChainBuilder untilListenersAreReady(LoadRun run) {
    return asLongAs(session -> run.live().listeners() < run.mailboxes().size() && !run.isOver())
        .on(pause(Duration.ofMillis(50)));
  }

  private static Session draw(LoadRun run, Session session) {
    long number = run.nextNumber();
    String id = run.marker().id(number);
    int from = session.getInt(FROM);
    int count = run.mailboxes().size();
    LoadUser sender = run.mailboxes().get(from);
    LoadUser receiver =
        run.mailboxes().get((from + 1 + (int) (number % Math.max(1, count - 1))) % count);
    String text = Marker.text(id, LoadRun.SHORT_TEXT_CHARACTERS);
    run.ledger().sent(new Posting(id, Set.of(sender.name(), receiver.name()), Digests.of(text)));
    return session
        .remove(WAIT_UNTIL)
        .set(ID, id)
        .set(TO, receiver.name())
        .set(FRAME, Frames.send(id, receiver.name(), text));
  }

  private static ChainBuilder attempt() {
    return exec(session -> session.remove(ANSWER))
        .exec(Sockets.ensure())
        .doIf(Sockets::isOpen)
        .then(
            Sockets.socket("chat send")
                .sendText("#{" + FRAME + "}")
                .await(Sockets.ANSWER_MAX_SECONDS)
                .on(
                    ws.checkTextMessage("chat sent")
                        .matching(jsonPath("$.id").isEL("#{" + ID + "}"))
                        .check(bodyString().saveAs(ANSWER))));
  }

  private static Session judge(LoadRun run, Session session) {
    String id = string(session, ID);
    if (!session.contains(ANSWER)) {
      return Attempts.again(run, Sockets.drop(session));
    }
    ServerFrame answer = ServerFrame.parse(string(session, ANSWER));
    if (answer.type().equals("sent")) {
      run.live().acknowledged(id, mailboxes(run, session));
      return Attempts.acknowledged(
          run, session.set(WAIT_UNTIL, System.nanoTime() + FRAME_MAX.toNanos()), id);
    }
    return answer.retry()
        ? Attempts.again(run, session)
        : Attempts.refused(run, session, id, answer.type() + " " + answer.code());
  }

  private static Set<String> mailboxes(LoadRun run, Session session) {
    return Set.of(run.mailboxes().get(session.getInt(FROM)).name(), string(session, TO));
  }

  private static String string(Session session, String attribute) {
    return String.valueOf(session.<Object>get(attribute));
  }

  /** The time until then is what Gatling shows for the group. */
  private static ChainBuilder untilReceived(LoadRun run) {
    return asLongAs(session -> isAwaited(run, session)).on(pause(LOOK_EVERY));
  }

  private static boolean isAwaited(LoadRun run, Session session) {
    return session.contains(WAIT_UNTIL)
        && System.nanoTime() < session.getLong(WAIT_UNTIL)
        && !run.live().isSeen(string(session, TO), string(session, ID));
  }
}
