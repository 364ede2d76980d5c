package io.tributary.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.data.Trust;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.HostPort;
import io.tributary.server.testing.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedChatTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aServerShouldBeReachedOnlyIfItsCertificateIsTrusted() throws Exception {
    TestCertificate pair = TestCertificate.in(folder);
    TestCertificate other = TestCertificate.in(Files.createDirectory(folder.resolve("other")));
    HostPort server = new HostPort("127.0.0.1", start(pair).actualPort());

    ChatSockets.to(server, Optional.of(pair.certificate())).open(1, event -> {}).close();
    for (Optional<Path> wrong : List.of(Optional.<Path>empty(), Optional.of(other.certificate()))) {
      assertThatThrownBy(() -> ChatSockets.to(server, wrong).open(1, event -> {}))
          .isInstanceOf(ChatSockets.NotConnected.class);
    }
    assertThatThrownBy(() -> ChatSockets.to(server, Optional.of(folder.resolve("none"))))
        .isInstanceOf(Failure.class);
    assertThat(status(server, pair.certificate())).isEqualTo(200);
    assertThatThrownBy(() -> status(server, other.certificate())).isInstanceOf(IOException.class);
  }

  private static int status(HostPort server, Path trusted) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create("https://" + server + "/").toURL().openConnection();
    Trust.inOnly(trusted, connection);
    return connection.getResponseCode();
  }

  private HttpServer start(TestCertificate pair) throws Exception {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setHost("127.0.0.1")
                .setPort(0)
                .setWebSocketSubProtocols(List.of("tributary.v1"))
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertPath(pair.certificate().toString())
                        .addKeyPath(pair.key().toString())))
        .webSocketHandler(socket -> {})
        .requestHandler(request -> request.response().end())
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
