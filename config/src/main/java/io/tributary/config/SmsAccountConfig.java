package io.tributary.config;

import java.nio.file.Path;
import java.util.List;

/**
 * An account with a provider of text messages.
 *
 * @param account in the paths of its webhooks
 * @param providerAccountId what the provider calls it; empty: the same
 * @param secretFiles hold what it signs with, one each; {@link Secret#read} reads them
 * @param mode {@code enforce}, or {@code shadow} to count wrong signatures and do nothing else
 */
public record SmsAccountConfig(
    @Text(regex = "twilio|vonage|generic", allowed = "twilio, vonage or generic") String provider,
    @Text(regex = "[A-Za-z0-9._-]{1,64}", allowed = "1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'")
        String account,
    @Text(regex = "[!-~]{0,128}", allowed = "up to 128 visible ASCII characters") @IfAbsent("")
        String providerAccountId,
    @ReadableFile List<Path> secretFiles,
    @Text(regex = "enforce|shadow", allowed = "enforce or shadow") @IfAbsent("enforce")
        String mode) {
  public SmsAccountConfig {
    secretFiles = List.copyOf(secretFiles);
  }

  /** How it is told from others. */
  String name() {
    return provider + "/" + account;
  }
}
