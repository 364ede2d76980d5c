package io.tributary.config;

/** The cell's ZooKeeper: membership and ring. */
public record ZooKeeperConfig(
    @Text(regex = CONNECT, allowed = Text.CONNECT_ALLOWED) String connect,
    @Range(min = 1_000, max = 120_000) int sessionTimeoutMillis) {
  static final String CONNECT = Text.CONNECT + "(/[A-Za-z0-9._/-]*[A-Za-z0-9._-])?";
}
