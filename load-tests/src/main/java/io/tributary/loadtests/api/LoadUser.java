package io.tributary.loadtests.api;

/**
 * Somebody with a mailbox.
 *
 * @param email address without a kind, such as {@code alice@example.com}
 * @param phone E.164, such as {@code +12025550101}
 * @param token for chat and for the user's own reads
 */
public record LoadUser(String name, String email, String phone, String token) {
  @Override
  public String toString() {
    return name;
  }
}
