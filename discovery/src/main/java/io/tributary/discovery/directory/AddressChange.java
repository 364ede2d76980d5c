package io.tributary.discovery.directory;

/** What became of a change to an account's addresses. */
public sealed interface AddressChange {
  /** It is as was asked for, by this call or by one before. */
  record Changed(UserAccount account) implements AddressChange {}

  /** Somebody else has the address, or had it less than 30 days ago. */
  record Taken() implements AddressChange {}

  /** No active account has that id. */
  record NoSuchUser() implements AddressChange {}

  /** The account does not have the address that was to be removed. */
  record NotTheirs() implements AddressChange {}

  /**
   * It breaks a rule.
   *
   * @param rule for people
   */
  record Refused(String rule) implements AddressChange {}

  /**
   * Storage or the mailbox is away, or others change the same rows. Some of it may be done; the
   * same call again finishes it.
   *
   * @param reason for logs and people; no whole addresses
   */
  record TryAgain(String reason) implements AddressChange {}
}
