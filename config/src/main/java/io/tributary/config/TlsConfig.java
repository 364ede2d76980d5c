package io.tributary.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Encryption of the HTTP, gRPC and operations faces: both files or none.
 *
 * @param certificateFile PEM, this server's certificate first, then those that lead to its issuer
 * @param keyFile PEM, the certificate's private key, PKCS #8 and not encrypted
 */
public record TlsConfig(
    @ReadableFile Optional<Path> certificateFile, @ReadableFile Optional<Path> keyFile) {}
