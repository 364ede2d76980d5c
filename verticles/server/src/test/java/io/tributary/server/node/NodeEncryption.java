package io.tributary.server.node;

import io.tributary.config.CellConfig;
import io.tributary.server.testing.TestCertificate;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;

/** Both ends of the connections between nodes, as a node's configuration makes them. */
public record NodeEncryption(HttpServerOptions server, HttpClientOptions client) {
  /** A node that proves itself with one certificate, and trusts whom another one issued. */
  public static NodeEncryption of(TestCertificate own, TestCertificate trusted) {
    CellConfig config =
        new CellConfig(
            "127.0.0.1",
            0,
            Optional.of(own.certificate()),
            Optional.of(own.key()),
            Optional.of(trusted.certificate()));
    return new NodeEncryption(Encryption.options(config), Encryption.clientOptions(config));
  }

  /** Whoever knows the nodes' certificate, but has none. */
  public static NodeEncryption trustingOnly(TestCertificate trusted) {
    HttpClientOptions client =
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setTrustOptions(new PemTrustOptions().addCertPath(trusted.certificate().toString()));
    return new NodeEncryption(new HttpServerOptions(), client);
  }
}
