package io.tributary.config;

/** The cell's ZooKeeper: membership, ring and slots. */
public record ZooKeeperConfig(
    @Text(
            regex = Text.CONNECT + "(/[A-Za-z0-9._/-]*[A-Za-z0-9._-])?",
            allowed = Text.CONNECT_ALLOWED)
        String connect,
    @Range(min = 1_000, max = 120_000) int sessionTimeoutMillis) {}
