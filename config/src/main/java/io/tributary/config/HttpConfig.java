package io.tributary.config;

/** The HTTP face. */
public record HttpConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port) {}
