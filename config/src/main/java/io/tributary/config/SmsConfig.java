package io.tributary.config;

import java.util.List;

/**
 * Text messages coming in.
 *
 * @param publicUrl how providers reach the HTTP face; empty: where it listens
 */
public record SmsConfig(
    @Text(
            regex = "(https?://[^\\s/?#@]{1,260}(/[^\\s?#]{0,500}[^\\s?#/])?)?",
            allowed = "http:// or https://, a host, perhaps a port and a path without final /")
        String publicUrl,
    List<SmsAccountConfig> accounts) {
  public SmsConfig {
    accounts = List.copyOf(accounts);
  }
}
