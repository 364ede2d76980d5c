package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.config.TlsConfig;
import io.tributary.server.grpc.GrpcVerticle;
import io.tributary.server.http.HttpVerticle;
import io.tributary.server.ops.OpsFace;
import io.tributary.server.ops.Readiness;
import io.tributary.server.testing.GrpcCaller;
import io.tributary.server.testing.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<HttpClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void theFacesShouldBeEncryptedAndNotBeReadableOtherwise() throws Exception {
    TestCertificate pair = TestCertificate.in(folder);
    HttpServerOptions options = Encryption.options(config(pair.certificate(), pair.key()));
    HttpVerticle http =
        new HttpVerticle(
            new HttpVerticle.Listen("127.0.0.1", 0, Duration.ZERO, options),
            InstantSource.system(),
            loop -> List.of());
    GrpcVerticle grpc =
        new GrpcVerticle(
            new GrpcVerticle.Listen("127.0.0.1", -3, Duration.ZERO, options),
            List.of(),
            () -> true,
            () -> {});
    vertx.deployVerticle(http).await();
    vertx.deployVerticle(grpc).await();
    OpsFace.Running ops =
        OpsFace.start(
                new OpsFace.Listen("127.0.0.1", 0, options),
                new Readiness(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
            .blockingGet();

    HttpClientOptions trusting = trusting(pair.certificate());
    assertThat(get(trusting, http.boundPort(), "/")).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(get(trusting, ops.port(), "/healthz/live")).isEqualTo(HttpVersion.HTTP_1_1);
    HttpClientOptions second =
        trusting(pair.certificate()).setUseAlpn(true).setProtocolVersion(HttpVersion.HTTP_2);
    assertThat(get(second, grpc.boundPort(), "/")).isEqualTo(HttpVersion.HTTP_2);
    assertThat(failure(new HttpClientOptions(), http.boundPort())).isNotNull();
    assertThat(failure(new HttpClientOptions().setSsl(true), http.boundPort())).isNotNull();
    ops.stop().blockingAwait();
  }

  private static HttpClientOptions trusting(Path certificate) {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
  }

  private HttpVersion get(HttpClientOptions options, int port, String path) {
    HttpClient client = client(options);
    return GrpcCaller.await(
        client
            .request(HttpMethod.GET, port, "127.0.0.1", path)
            .compose(request -> request.send())
            .map(response -> response.version()));
  }

  /** Kept, since a client that nobody holds is closed under its requests. */
  private HttpClient client(HttpClientOptions options) {
    HttpClient client = vertx.createHttpClient(options);
    clients.add(client);
    return client;
  }

  private Throwable failure(HttpClientOptions options, int port) {
    return java.util.Objects.requireNonNull(
        GrpcCaller.failureOf(
            client(options)
                .request(HttpMethod.GET, port, "127.0.0.1", "/")
                .compose(request -> request.send())));
  }

  @Test
  void withoutFilesNothingShouldBeEncrypted() {
    TlsConfig none = new TlsConfig(Optional.empty(), Optional.empty());
    assertThat(Encryption.options(none).isSsl()).isFalse();
  }

  @Test
  void filesThatCantBeUsedShouldBeNamed() throws Exception {
    TestCertificate pair = TestCertificate.in(folder);
    TestCertificate other = TestCertificate.in(Files.createDirectory(folder.resolve("other")));
    Path text = Files.writeString(folder.resolve("text.pem"), "nothing of the kind");
    Path bytes = Files.write(folder.resolve("bytes.pem"), new byte[] {-1, -2, 0});
    Path old =
        Files.writeString(
            folder.resolve("old.pem"),
            "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    refused(config(text, pair.key()), "tls.certificateFile: " + text);
    refused(config(bytes, pair.key()), "tls.certificateFile: " + bytes);
    refused(config(pair.certificate(), text), "tls.keyFile: " + text);
    refused(config(pair.certificate(), old), "tls.keyFile: " + old);
    refused(config(pair.certificate(), pair.certificate()), "tls.keyFile: ");
    refused(config(pair.certificate(), other.key()), "tls.keyFile: is not the key");
    refused(config(folder.resolve("none"), pair.key()), "tls.certificateFile: ");
  }

  private static void refused(TlsConfig config, String beginning) {
    assertThatThrownBy(() -> Encryption.options(config))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(beginning);
  }

  private static TlsConfig config(Path certificate, Path key) {
    return new TlsConfig(Optional.of(certificate), Optional.of(key));
  }
}
