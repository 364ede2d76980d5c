package io.tributary.channels.sms;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts there are, each with its provider. */
public final class SmsAccounts {
  private final Map<SmsAccount.Name, Known> known;

  /** An account, and what reads its webhooks. */
  record Known(SmsAccount account, SmsProvider provider) {}

  private SmsAccounts(Map<SmsAccount.Name, Known> known) {
    this.known = Map.copyOf(known);
  }

  /**
   * These accounts.
   *
   * @throws IllegalArgumentException if a provider is missing, or two have one name
   */
  public static SmsAccounts of(List<SmsProvider> providers, List<SmsAccount> accounts) {
    Map<String, SmsProvider> byName =
        providers.stream().collect(Collectors.toMap(SmsProvider::name, Function.identity()));
    return new SmsAccounts(
        accounts.stream()
            .map(account -> new Known(account, provider(byName, account)))
            .collect(
                Collectors.toMap(
                    one -> one.account().name(), Function.identity(), SmsAccounts::twice)));
  }

  private static SmsProvider provider(Map<String, SmsProvider> byName, SmsAccount account) {
    SmsProvider provider = byName.get(account.name().provider());
    if (provider == null) {
      throw new IllegalArgumentException("no such provider: " + account.name().provider());
    }
    return provider;
  }

  private static Known twice(Known one, Known other) {
    throw new IllegalArgumentException("two accounts are called " + one.account().name());
  }

  Optional<Known> find(SmsAccount.Name name) {
    return Optional.ofNullable(known.get(name));
  }
}
