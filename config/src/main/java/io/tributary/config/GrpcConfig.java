package io.tributary.config;

/** The gRPC face, {@code tributary.v1}. */
public record GrpcConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port) {}
