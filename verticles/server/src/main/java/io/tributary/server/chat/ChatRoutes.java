package io.tributary.server.chat;

import io.netty.channel.Channel;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatSession;
import io.tributary.server.http.HttpRoutes;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /chat}: becomes a WebSocket (RFC 6455 section 4.2). */
final class ChatRoutes implements HttpRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ChatRoutes.class);

  private static final String PATH = "/chat";
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

  private final ChatHost host;
  private final Origins origins;

  /** Of this event loop. */
  private final Set<ChatSession> open = new HashSet<>();

  ChatRoutes(ChatHost host, Origins origins) {
    this.host = host;
    this.origins = origins;
  }

  @Override
  public void mount(Router router) {
    router.get(PATH).handler(this::connect);
    router.route(PATH).handler(ChatRoutes::refuseMethod);
  }

  @Override
  public void connected(HttpConnection connection) {
    Compression.offer(connection);
  }

  @Override
  public void endSessions() {
    List.copyOf(open).forEach(ChatSession::shutDown);
  }

  private static void refuseMethod(RoutingContext call) {
    call.response().putHeader(HttpHeaders.ALLOW, "GET");
    ProblemJson.send(
        call.response(), Problem.methodNotAllowed("only GET, which becomes a WebSocket"));
  }

  private void connect(RoutingContext call) {
    HttpServerRequest request = call.request();
    Optional<Problem> problem = problem(request);
    if (problem.isPresent()) {
      refuse(call, problem.get());
      return;
    }
    Channel channel = ((ConnectionBase) request.connection()).channel();
    request
        .toWebSocket()
        .onSuccess(socket -> ChatSocket.open(socket, channel, host, open))
        .onFailure(failure -> LOG.debug("event=chat.handshake_failed", failure));
  }

  private static void refuse(RoutingContext call, Problem problem) {
    if (problem.status() == 426) {
      call.response()
          .putHeader(HttpHeaders.UPGRADE, "websocket")
          .putHeader(HttpHeaders.CONNECTION, "Upgrade")
          .putHeader("Sec-WebSocket-Version", "13");
    }
    ProblemJson.send(call.response(), problem);
  }

  private Optional<Problem> problem(HttpServerRequest request) {
    String upgrade = request.getHeader(HttpHeaders.UPGRADE);
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      return Optional.of(
          new Problem(426, "Upgrade Required", "this is a WebSocket: Upgrade: websocket"));
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      return Optional.of(new Problem(426, "Upgrade Required", "Sec-WebSocket-Version must be 13"));
    }
    if (hasBody(request)) { // Vert.x would never answer it
      return Optional.of(new Problem(400, "Bad Request", "a handshake has no body"));
    }
    if (!names(request.getHeader(PROTOCOLS), Chat.SUBPROTOCOL)) {
      return Optional.of(
          new Problem(400, "Bad Request", PROTOCOLS + " must be " + Chat.SUBPROTOCOL));
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (!origins.allow(origin, request.getHeader(HttpHeaders.HOST))) {
      return Optional.of(
          new Problem(403, "Forbidden", "pages of this Origin may not connect; see chat.origins"));
    }
    return Optional.empty();
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || (length != null && !length.equals("0"));
  }

  private static boolean names(@org.jspecify.annotations.Nullable String header, String protocol) {
    return header != null
        && Arrays.stream(header.split(",")).map(String::strip).anyMatch(protocol::equals);
  }
}
