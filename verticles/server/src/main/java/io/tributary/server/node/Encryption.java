package io.tributary.server.node;

import io.tributary.config.TlsConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the HTTP, gRPC and operations faces encrypt with. The files are looked at before a face
 * opens, so that a wrong one is named at the start and not at the first connection.
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
        .flatMap(certificate -> config.keyFile().map(key -> options(certificate, key)))
        .orElseGet(HttpServerOptions::new);
  }

  private static HttpServerOptions options(Path certificateFile, Path keyFile) {
    mustBelongTogether(certificate(certificateFile), key(keyFile));
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(certificateFile.toString())
                .addKeyPath(keyFile.toString()));
  }

  private static X509Certificate certificate(Path file) {
    try {
      byte[] pem = read("tls.certificateFile", file).getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException wrong) {
      throw failure("tls.certificateFile", file, "holds no PEM certificate", wrong);
    }
  }

  private static PrivateKey key(Path file) {
    Matcher pem = PEM.matcher(read("tls.keyFile", file));
    if (!pem.find() || !pem.group(1).equals("PRIVATE KEY")) {
      throw failure(
          "tls.keyFile",
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
        "tls.keyFile",
        file,
        "holds neither an RSA nor an EC key",
        new GeneralSecurityException("unknown algorithm"));
  }

  private static void mustBelongTogether(X509Certificate certificate, PrivateKey key) {
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
          "tls.keyFile: is not the key of the first certificate in tls.certificateFile", strangers);
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
