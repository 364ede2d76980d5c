package io.tributary.config;

import java.util.List;

/** Mail coming in. */
public record SmtpConfig(
    @Text(regex = Text.HOST, allowed = Text.HOST_ALLOWED) String host,
    @Range(min = 0, max = 65_535) int port,
    @Text(regex = Text.DOMAIN, allowed = Text.DOMAIN_ALLOWED) String hostname,
    @Text(regex = Text.DOMAIN, allowed = Text.DOMAIN_ALLOWED) List<String> localDomains,
    @Text(regex = Text.USER_NAME, allowed = Text.USER_NAME_ALLOWED) String postmaster,
    @Range(min = 1_024, max = 1_048_576) int messageBytesMax,
    @Range(min = 1, max = 1_000) int recipientsMax,
    @Range(min = 100, max = 3_600_000) long idleTimeoutMillis,
    @Range(min = 100, max = 86_400_000) long transactionTimeoutMillis,
    @Range(min = 1, max = 1_000_000) int connectionsMax,
    @Range(min = 65_536, max = 17_179_869_184L) long inFlightBytesMax) {
  public SmtpConfig {
    localDomains = List.copyOf(localDomains);
  }
}
