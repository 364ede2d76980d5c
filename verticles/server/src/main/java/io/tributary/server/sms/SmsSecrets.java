package io.tributary.server.sms;

import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsAccount.Mode;
import io.tributary.config.Secret;
import io.tributary.config.SmsAccountConfig;
import io.tributary.config.SmsConfig;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The accounts of the configuration, with what stands in their secrets' files. */
final class SmsSecrets {
  private SmsSecrets() {}

  static List<SmsAccount> accounts(SmsConfig config) {
    return IntStream.range(0, config.accounts().size())
        .mapToObj(i -> account("sms.accounts[" + i + "].secretFiles", config.accounts().get(i)))
        .toList();
  }

  private static SmsAccount account(String key, SmsAccountConfig config) {
    String id = config.providerAccountId();
    return new SmsAccount(
        new SmsAccount.Name(config.provider(), config.account()),
        id.isEmpty() ? config.account() : id,
        config.secretFiles().stream().map(file -> Secret.read(key, file)).toList(),
        Mode.valueOf(config.mode().toUpperCase(Locale.ROOT)));
  }
}
