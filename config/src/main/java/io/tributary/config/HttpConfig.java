package io.tributary.config;

import java.util.List;

/**
 * The HTTP face.
 *
 * @param corsOrigins whose pages browsers let call the JSON API
 * @param apiBodyBytesMax of a request of the JSON API
 * @param apiRequestsMax of the JSON API under way at once
 * @param apiStreamsMax watches of the JSON API open at once
 */
public record HttpConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port,
    @Range(min = 1_024, max = 1_048_576) int headerBytesMax,
    @MayBeEmpty
        @Text(
            regex = "https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?",
            allowed = "http:// or https://, a host in lower case, perhaps a port, and no path")
        List<String> corsOrigins,
    @Range(min = 1_024, max = 1_048_576) int apiBodyBytesMax,
    @Range(min = 1, max = 1_000_000) int apiRequestsMax,
    @Range(min = 1, max = 1_000_000) int apiStreamsMax) {
  public HttpConfig {
    corsOrigins = List.copyOf(corsOrigins);
  }
}
