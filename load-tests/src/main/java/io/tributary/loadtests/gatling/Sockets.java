package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.Ws;
import io.tributary.loadtests.chat.Frames;
import java.util.Optional;

/**
 * A virtual user's chat socket. Each connection has a name of its own, so that one that broke
 * stands in nobody's way.
 */
final class Sockets {
  /** Whose socket, and for how long an answer is waited for. */
  static final String TOKEN = "chatToken";

  static final String DEVICE = "chatDevice";
  static final String SINCE = "chatSince";
  static final int ANSWER_MAX_SECONDS = 15;

  private static final String SOCKET = "chatSocket";
  private static final String COUNT = "chatSockets";
  private static final String WELCOME = "chatWelcome";

  private Sockets() {}

  /** Connects and says hello, unless that was done. {@link #isOpen} says whether it went well. */
  static ChainBuilder ensure() {
    return exec(Sockets::settle).doIf(session -> !isOpen(session)).then(connect());
  }

  private static Session settle(Session session) {
    return session.contains(COUNT) ? session : session.set(COUNT, 0);
  }

  private static ChainBuilder connect() {
    return exec(Sockets::nextName)
        .exec(
            socket("chat connect")
                .connect(Frames.PATH)
                .subprotocol(Frames.SUBPROTOCOL)
                .onConnected(
                    exec(
                        socket("chat hello")
                            .sendText(Sockets::hello)
                            .await(ANSWER_MAX_SECONDS)
                            .on(
                                ws.checkTextMessage("chat welcome")
                                    .matching(jsonPath("$.type").is("welcome"))
                                    .check(jsonPath("$.seq").saveAs(WELCOME))))));
  }

  private static Session nextName(Session session) {
    int count = session.getInt(COUNT) + 1;
    return session.remove(WELCOME).set(COUNT, count).set(SOCKET, "chat-" + count);
  }

  private static String hello(Session session) {
    return Frames.hello(
        string(session, TOKEN), string(session, DEVICE), Optional.ofNullable(session.get(SINCE)));
  }

  private static String string(Session session, String attribute) {
    return String.valueOf(session.<Object>get(attribute));
  }

  /** Where the mailbox was at the welcome. */
  static String welcome(Session session) {
    return string(session, WELCOME);
  }

  static boolean isOpen(Session session) {
    return session.contains(WELCOME);
  }

  /** To be made anew at the next {@link #ensure}. */
  static Session drop(Session session) {
    return session.remove(WELCOME);
  }

  /** An action over the socket of now. */
  static Ws socket(String name) {
    return ws(name).wsName(Sockets::name);
  }

  static String name(Session session) {
    return string(session, SOCKET);
  }
}
