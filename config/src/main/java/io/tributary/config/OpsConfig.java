package io.tributary.config;

/** The face for operators: health and metrics. */
public record OpsConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port) {}
