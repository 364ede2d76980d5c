package io.tributary.loadtests.gatling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.MailboxServiceGrpcService;
import io.tributary.v1.MailboxServiceService;
import io.tributary.v1.Message;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.grpc.server.GrpcServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks the contract from memory, with two users, and misbehaves as it is told: by
 * it the load tests are tested. On one event loop.
 */
final class FakeInstallation extends AbstractVerticle {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MARK = Pattern.compile("\\[load ([0-9a-z]+-\\d+)]");
  private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:<([a-z]+)@.*");

  private final Mischief mischief;
  private final Path readyFile;
  private final Map<String, List<Message>> mailboxes = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> stored = new HashSet<>();
  private final Map<String, List<ServerWebSocket>> sockets = new HashMap<>();

  private FakeInstallation(Mischief mischief, Path readyFile) {
    this.mischief = mischief;
    this.readyFile = readyFile;
    mailboxes.put("alice", new ArrayList<>());
    mailboxes.put("bob", new ArrayList<>());
  }

  /** Starts one and writes its ready file. */
  static Vertx start(Mischief mischief, Path readyFile) throws Exception {
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(new FakeInstallation(mischief, readyFile))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    return vertx;
  }

  @Override
  public void start(Promise<Void> started) {
    GrpcServer grpc = GrpcServer.server(vertx);
    grpc.addService(MailboxServiceGrpcService.of(new Mailboxes()));
    HttpServerOptions web =
        new HttpServerOptions().setWebSocketSubProtocols(List.of("tributary.v1"));
    Future<HttpServer> api = vertx.createHttpServer().requestHandler(grpc).listen(0, "127.0.0.1");
    Future<HttpServer> http =
        vertx
            .createHttpServer(web)
            .requestHandler(this::webhook)
            .webSocketHandler(this::chat)
            .listen(0, "127.0.0.1");
    Future<NetServer> smtp =
        vertx.createNetServer().connectHandler(this::smtp).listen(0, "127.0.0.1");
    Future.all(api, http, smtp)
        .compose(
            all ->
                write(
                    smtp.result().actualPort(),
                    http.result().actualPort(),
                    api.result().actualPort()))
        .onComplete(started);
  }

  private Future<Void> write(int smtp, int http, int grpc) {
    String ready =
        """
        {"smtp":"127.0.0.1:%d","http":"127.0.0.1:%d","grpc":"127.0.0.1:%d",
         "publicUrl":"https://fake.example","operatorToken":"trb_o","sms":{"account":"ACdemo","authToken":"s"},
         "users":[{"name":"alice","email":"alice@example.com","phone":"+1202555010","token":"alice"},
                  {"name":"bob","email":"bob@example.com","phone":"+1202555011","token":"bob"}]}
        """
            .formatted(smtp, http, grpc);
    return vertx.executeBlocking(() -> Files.writeString(readyFile, ready)).mapEmpty();
  }

  /** What to answer: stored, later, gone, or never. */
  private enum Answer {
    OK,
    LATER,
    GONE,
    NEVER
  }

  private Answer take(String text, String... users) {
    Matcher mark = MARK.matcher(text);
    if (!mark.find()) {
      return Answer.NEVER;
    }
    String id = mark.group(1);
    int attempt = attempts.merge(id, 1, Integer::sum);
    boolean bad = mischief.befalls(id);
    if (bad && mischief == Mischief.REFUSE) {
      return Answer.NEVER;
    }
    if (bad && mischief == Mischief.PUT_OFF && attempt < 3) {
      return attempt == 1 ? Answer.LATER : Answer.GONE;
    }
    if (bad && mischief == Mischief.LOSE || !stored.add(id)) {
      return Answer.OK;
    }
    for (String user : users) {
      int copies = bad && mischief == Mischief.DOUBLE ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) { // as a server would that knows no keys
        arrive(user, bad && mischief == Mischief.CHANGE ? text + "!" : text);
      }
    }
    return Answer.OK;
  }

  private void arrive(String user, String text) {
    List<Message> box = mailboxes.get(user);
    if (box == null) {
      throw new IllegalStateException(user);
    }
    box.add(Message.newBuilder().setText(text).build());
    String frame =
        JSON.createObjectNode()
            .put("type", "message")
            .put("seq", String.valueOf(box.size()))
            .set("message", JSON.createObjectNode().put("text", text))
            .toString();
    List.copyOf(sockets.getOrDefault(user, List.of()))
        .forEach(socket -> socket.writeTextMessage(frame));
  }

  private void webhook(HttpServerRequest request) {
    String signature = String.valueOf(request.getHeader("X-Twilio-Signature"));
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> form = new HashMap<>();
              for (String field : body.toString().split("&")) {
                String[] pair = field.split("=", 2);
                form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
              }
              int status =
                  signature.length() != 28 || !request.path().equals("/sms/twilio/ACdemo")
                      ? 403
                      : switch (take(
                          String.valueOf(form.get("Body")),
                          "+1202555010".equals(form.get("To")) ? "alice" : "bob")) {
                        case OK -> 204;
                        case LATER -> 503;
                        case NEVER -> 404;
                        case GONE -> 0;
                      };
              if (status == 0) {
                request.connection().close();
              } else {
                request.response().setStatusCode(status).end();
              }
            });
  }

  private void chat(ServerWebSocket socket) {
    String[] user = {""};
    socket.closeHandler(closed -> sockets.values().forEach(open -> open.remove(socket)));
    socket.textMessageHandler(
        text -> {
          try {
            JsonNode frame = JSON.readTree(text);
            if (frame.path("type").asText().equals("hello")) {
              user[0] = frame.path("token").asText();
              welcome(socket, user[0], frame);
            } else {
              send(socket, user[0], frame);
            }
          } catch (JsonProcessingException malformed) {
            socket.close();
          }
        });
  }

  private void welcome(ServerWebSocket socket, String user, JsonNode hello) {
    List<Message> box = mailboxes.getOrDefault(user, List.of());
    socket.writeTextMessage("{\"type\":\"welcome\",\"seq\":\"" + box.size() + "\"}");
    for (int i = hello.path("since").asInt(box.size()); i < box.size(); i++) {
      socket.writeTextMessage(
          JSON.createObjectNode()
              .put("type", "message")
              .put("seq", String.valueOf(i + 1))
              .set("message", JSON.createObjectNode().put("text", box.get(i).getText()))
              .toString());
    }
    sockets.computeIfAbsent(user, name -> new ArrayList<>()).add(socket);
  }

  private void send(ServerWebSocket socket, String user, JsonNode frame) {
    String id = frame.path("id").asText();
    String to = frame.path("to").path(0).asText().replace("chat:", "");
    switch (take(frame.path("text").asText(), user, to)) {
      case OK -> socket.writeTextMessage("{\"type\":\"sent\",\"id\":\"" + id + "\",\"seq\":\"1\"}");
      case LATER -> error(socket, id, true);
      case NEVER -> error(socket, id, false);
      case GONE -> sockets.values().forEach(open -> List.copyOf(open).forEach(s -> s.close()));
    }
  }

  private static void error(ServerWebSocket socket, String id, boolean retry) {
    socket.writeTextMessage(
        "{\"type\":\"error\",\"id\":\"%s\",\"code\":\"no\",\"retry\":%s}".formatted(id, retry));
  }

  private void smtp(NetSocket socket) {
    StringBuilder data = new StringBuilder();
    String[] to = {""};
    boolean[] inData = {false};
    socket.write("220 fake\r\n");
    socket.handler(
        RecordParser.newDelimited(
            "\r\n",
            record -> {
              String line = record.toString(StandardCharsets.ISO_8859_1);
              if (inData[0]) {
                inData[0] = !line.equals(".");
                data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
                if (!inData[0]) {
                  reply(socket, take(body(data), to[0]));
                  data.setLength(0);
                }
                return;
              }
              Matcher recipient = RECIPIENT.matcher(line);
              if (recipient.matches()) {
                to[0] = recipient.group(1);
              }
              inData[0] = line.equals("DATA");
              socket.write(inData[0] ? "354 go\r\n" : "250 ok\r\n");
            }));
  }

  private static String body(StringBuilder data) {
    return data.substring(data.indexOf("\r\n\r\n") + 4, data.length() - 2).stripTrailing();
  }

  private static void reply(NetSocket socket, Answer answer) {
    switch (answer) {
      case OK -> socket.write("250 stored\r\n");
      case LATER -> socket.write("451 later\r\n");
      case NEVER -> socket.write("554 no\r\n");
      case GONE -> socket.close();
    }
  }

  /** Everything on one page. */
  private final class Mailboxes extends MailboxServiceService {
    @Override
    public Future<ListMessagesResponse> listMessages(ListMessagesRequest request) {
      Promise<ListMessagesResponse> answer = Promise.promise();
      context.runOnContext(
          now ->
              answer.complete(
                  ListMessagesResponse.newBuilder()
                      .addAllMessages(mailboxes.getOrDefault(request.getUser(), List.of()))
                      .build()));
      return answer.future();
    }
  }
}
