package io.tributary.server.node;

import io.tributary.config.CellConfig;
import io.tributary.config.TlsConfig;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the faces, and the connections between nodes, are encrypted with. The files are looked at
 * before a face opens, so that a wrong one is named at the start and not at the first connection.
 */
final class Encryption {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
  private static final byte[] PROOF = "tributary".getBytes(StandardCharsets.US_ASCII);

  private Encryption() {}

  /**
   * Options with or without encryption, as configured. Reads files.
   *
   * <p>Throws {@link StartException} if they can't be used.
   */
  static HttpServerOptions options(TlsConfig config) {
    return config
        .certificateFile()
        .flatMap(certificate -> config.keyFile().map(key -> new Identity("tls", certificate, key)))
        .map(Encryption::server)
        .orElseGet(HttpServerOptions::new);
  }

  /** For the port where nodes answer each other: whoever has no certificate is not heard. */
  static HttpServerOptions options(CellConfig config) {
    return mutual(config)
        .map(
            mutual ->
                server(mutual.identity())
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(mutual.trust()))
        .orElseGet(HttpServerOptions::new);
  }

  /** For connections to other nodes. */
  static HttpClientOptions clientOptions(CellConfig config) {
    return mutual(config)
        .map(
            mutual ->
                new HttpClientOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setVerifyHost(true)
                    .setEnabledSecureTransportProtocols(PROTOCOLS)
                    .setKeyCertOptions(mutual.identity().options())
                    .setTrustOptions(mutual.trust()))
        .orElseGet(HttpClientOptions::new);
  }

  /** What a face proves itself with. */
  private record Identity(String section, Path certificateFile, Path keyFile) {
    PemKeyCertOptions options() {
      return new PemKeyCertOptions()
          .addCertPath(certificateFile.toString())
          .addKeyPath(keyFile.toString());
    }
  }

  private record Mutual(Identity identity, PemTrustOptions trust) {}

  private static Optional<Mutual> mutual(CellConfig config) {
    return config
        .certificateFile()
        .flatMap(certificate -> config.keyFile().map(key -> new Identity("cell", certificate, key)))
        .flatMap(identity -> config.trustFile().map(issuer -> mutual(identity, issuer)));
  }

  private static Mutual mutual(Identity identity, Path trustFile) {
    mustBelongTogether(identity);
    X509Certificate unused = certificate("cell.trustFile", trustFile);
    return new Mutual(identity, new PemTrustOptions().addCertPath(trustFile.toString()));
  }

  private static HttpServerOptions server(Identity identity) {
    mustBelongTogether(identity);
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(identity.options());
  }

  private static X509Certificate certificate(String setting, Path file) {
    try {
      byte[] pem = read(setting, file).getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException wrong) {
      throw failure(setting, file, "holds no PEM certificate", wrong);
    }
  }

  private static PrivateKey key(String setting, Path file) {
    Matcher pem = PEM.matcher(read(setting, file));
    if (!pem.find() || !pem.group(1).equals("PRIVATE KEY")) {
      throw failure(
          setting,
          file,
          "holds no unencrypted PKCS #8 key; convert it: openssl pkcs8 -topk8 -nocrypt",
          new GeneralSecurityException("not PKCS #8"));
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
    for (String algorithm : Set.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException other) {
        // perhaps of the other kind
      }
    }
    throw failure(
        setting,
        file,
        "holds neither an RSA nor an EC key",
        new GeneralSecurityException("unknown algorithm"));
  }

  private static void mustBelongTogether(Identity identity) {
    String section = identity.section();
    X509Certificate certificate =
        certificate(section + ".certificateFile", identity.certificateFile());
    PrivateKey key = key(section + ".keyFile", identity.keyFile());
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROOF);
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(certificate.getPublicKey());
      checking.update(PROOF);
      if (checking.verify(signing.sign())) {
        return;
      }
      throw new GeneralSecurityException("signature is another's");
    } catch (GeneralSecurityException strangers) {
      throw new StartException(
          section
              + ".keyFile: is not the key of the first certificate in "
              + section
              + ".certificateFile",
          strangers);
    }
  }

  private static String read(String setting, Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw failure(setting, file, "can't be read as text", unreadable);
    }
  }

  private static StartException failure(String setting, Path file, String what, Exception cause) {
    return new StartException(setting + ": " + file + " " + what, cause);
  }
}
