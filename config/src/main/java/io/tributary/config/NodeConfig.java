package io.tributary.config;

import java.nio.file.Path;
import java.util.Optional;

/** Who this process is. */
public record NodeConfig(
    @Text(regex = "[a-z0-9][a-z0-9-]{0,31}", allowed = "1 to 32 of a-z, 0-9 and '-'") String id,
    @Text(regex = "[a-z0-9][a-z0-9-]{0,31}", allowed = "1 to 32 of a-z, 0-9 and '-'") String cell,
    Optional<Path> facesFile) {}
