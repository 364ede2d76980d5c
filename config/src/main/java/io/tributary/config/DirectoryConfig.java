package io.tributary.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of accounts, addresses and tokens.
 *
 * @param operatorTokenFile holds the token every operator's call may carry; {@link Secret#read}
 *     reads it
 */
public record DirectoryConfig(
    @Text(regex = Text.NAMESPACE, allowed = Text.NAMESPACE_ALLOWED) String namespace,
    @ReadableFile Optional<Path> operatorTokenFile) {}
