package io.tributary.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who this process is, and what it does.
 *
 * @param roles without {@code mailbox} it serves none, and needs no HBase of its cell
 */
public record NodeConfig(
    @Text(regex = CELL, allowed = CELL_ALLOWED) String id,
    @Text(regex = CELL, allowed = CELL_ALLOWED) String cell,
    @Text(regex = "mailbox|smtp|sms|chat|api", allowed = "mailbox, smtp, sms, chat, api")
        List<String> roles,
    Optional<Path> facesFile) {
  static final String CELL = "[a-z0-9][a-z0-9-]{0,31}";
  static final String CELL_ALLOWED = "1 to 32 of a-z, 0-9 and '-'";

  public NodeConfig {
    roles = List.copyOf(roles);
  }

  /** Whether it has a role. */
  public boolean is(String role) {
    return roles.contains(role);
  }
}
