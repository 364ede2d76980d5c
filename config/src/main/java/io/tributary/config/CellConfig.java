package io.tributary.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this node answers other nodes. The files are all given or none: without them nodes are
 * reached on this machine only.
 *
 * @param certificateFile PEM, this node's certificate first, then those that lead to its issuer
 * @param keyFile PEM, the certificate's private key, PKCS #8 and not encrypted
 * @param trustFile PEM, who issues the certificates of nodes
 */
public record CellConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port,
    @ReadableFile Optional<Path> certificateFile,
    @ReadableFile Optional<Path> keyFile,
    @ReadableFile Optional<Path> trustFile) {

  /** Whether nodes prove to each other who they are. */
  public boolean encrypted() {
    return certificateFile.isPresent() && keyFile.isPresent() && trustFile.isPresent();
  }

  boolean halfEncrypted() {
    return !encrypted()
        && (certificateFile.isPresent() || keyFile.isPresent() || trustFile.isPresent());
  }

  boolean loopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
