package io.tributary.discovery.directory;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.Stored;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An account that was CREATING when its row was read. */
record Draft(UserId user, Stored<Account> row) {
  /** A creation that takes longer has died; anybody may abort it. */
  static final long CREATION_MILLIS_MAX = TimeUnit.SECONDS.toMillis(60);

  Account account() {
    return row.value();
  }

  List<Address> addresses() {
    return account().addresses();
  }

  boolean isDead(long nowMillis) {
    return nowMillis - account().createdMillis() >= CREATION_MILLIS_MAX;
  }

  static UserAccount userAccount(UserId user, Account account) {
    return new UserAccount(
        user,
        account.name(),
        account.addresses(),
        account.cell(),
        account.generation(),
        account.createdMillis());
  }
}
