package io.tributary.server.api;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;

/**
 * The accounts a caller may see: an operator all of them, a user their own. A user learns nothing
 * about others, not even whether they exist.
 */
public final class Accounts {
  private final Directory directory;

  public Accounts(Directory directory) {
    this.directory = directory;
  }

  /**
   * The account of that name.
   *
   * <p>Signals {@link Refusal} of kind INVALID, FORBIDDEN or NOT_FOUND.
   *
   * @param field where the name stood, for messages
   */
  public Single<UserAccount> visible(Caller caller, Refusal.Field field, String written) {
    return Single.defer(
        () -> {
          String name = nameOf(field, written);
          return caller instanceof Caller.User user ? own(user, name) : anyone(name);
        });
  }

  private Single<UserAccount> own(Caller.User caller, String name) {
    return directory
        .byId(caller.id())
        .filter(account -> account.name().equals(name))
        .switchIfEmpty(
            Single.error(() -> Refusal.forbidden("this token opens its own user's mailbox only")));
  }

  private Single<UserAccount> anyone(String name) {
    Maybe<UserAccount> found = directory.byName(name);
    return found.switchIfEmpty(Single.error(() -> Refusal.notFound("no user has this name")));
  }

  /** The canonical form of a name. */
  static String nameOf(Refusal.Field field, String written) {
    if (written.isEmpty()) {
      throw Refusal.invalid(field, "is needed: a user's name, for example alice");
    }
    try {
      return AddressCanonicalizer.chat(written).value();
    } catch (InvalidAddressException invalid) {
      throw Refusal.invalid(field, String.valueOf(invalid.getMessage()));
    }
  }
}
