package io.tributary.channels.sms;

import io.tributary.config.Secret;
import java.util.List;
import java.util.function.Predicate;

/**
 * An account with a provider.
 *
 * @param providerId what the provider calls it
 * @param secrets what it signs with; several while they are being changed, any of them counts
 */
public record SmsAccount(Name name, String providerId, List<Secret> secrets, Mode mode) {
  /**
   * What it is called here, in paths and keys.
   *
   * @param account key in the configuration
   */
  public record Name(String provider, String account) {
    @Override
    public String toString() {
      return provider + "/" + account;
    }
  }

  /** What a wrong signature does. */
  public enum Mode {
    /** It is refused. */
    ENFORCE,
    /** It is counted, and what it came with is taken as unproved. */
    SHADOW
  }

  public SmsAccount {
    secrets = List.copyOf(secrets);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("an account needs a secret");
    }
  }

  /** Tries every secret, also after one fits. */
  boolean anySecret(Predicate<String> fits) {
    return secrets.stream().map(Secret::reveal).filter(fits).count() > 0;
  }
}
