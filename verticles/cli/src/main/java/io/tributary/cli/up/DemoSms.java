package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.Failure;
import io.tributary.config.ConfigException;
import io.tributary.config.Secret;
import io.tributary.config.SmsAccountConfig;
import io.tributary.config.TributaryConfig;
import java.util.List;
import java.util.Optional;

/** The account that text messages come in by without any configuration: {@code twilio/ACdemo}. */
final class DemoSms {
  private static final String PROVIDER = "twilio";
  private static final String ACCOUNT = "ACdemo";

  private DemoSms() {}

  /** The configuration with the account, if it isn't in there already; its token is made once. */
  static TributaryConfig in(TributaryConfig config, DataFolder folder, Secrets secrets) {
    if (find(config).isPresent()) {
      return config;
    }
    secrets.ensureSms(ACCOUNT);
    return config.and(
        new SmsAccountConfig(PROVIDER, ACCOUNT, "", List.of(folder.smsToken(ACCOUNT)), "enforce"));
  }

  /** What a provider would have to know. */
  static Ready.Sms account(TributaryConfig config) {
    return find(config)
        .map(account -> new Ready.Sms(ACCOUNT, token(account)))
        .orElseThrow(() -> new Failure("the account " + PROVIDER + "/" + ACCOUNT + " is missing"));
  }

  private static Optional<SmsAccountConfig> find(TributaryConfig config) {
    return config.sms().accounts().stream()
        .filter(account -> account.provider().equals(PROVIDER) && account.account().equals(ACCOUNT))
        .findFirst();
  }

  private static String token(SmsAccountConfig account) {
    try {
      return Secret.read("sms.accounts.secretFiles", account.secretFiles().get(0)).reveal();
    } catch (ConfigException unreadable) {
      throw new Failure(unreadable.lines(), unreadable);
    }
  }
}
