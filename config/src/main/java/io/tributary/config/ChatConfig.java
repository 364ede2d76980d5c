package io.tributary.config;

import java.util.List;

/** Chat, on the HTTP face. */
public record ChatConfig(
    @Text(
            regex = "self|\\*|https?://[A-Za-z0-9.:\\[\\]-]{1,255}",
            allowed = "an origin such as https://inbox.example.com, self, or * for any")
        List<String> origins,
    @Range(min = 1, max = 1_000_000) int sessionsMax,
    @Range(min = 1, max = 1_000) int sessionsOfUserMax) {
  public ChatConfig {
    origins = List.copyOf(origins);
  }
}
