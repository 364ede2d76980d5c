package io.tributary.storage;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Optional;

/**
 * The directory's rows. What they mean together is the directory protocol's business, not the
 * store's.
 */
public interface DirectoryStore {
  RecordTable<UserId, Account> accounts();

  RecordTable<Address, Claim> claims();

  RecordTable<TokenHash, TokenGrant> tokens();

  /** By request id, 1 to 128 characters. */
  RecordTable<String, CreationRequest> requests();

  /**
   * Accounts in any state, by rising user id, those after {@code after}, at most {@code
   * accountsMax} (1 to 1,000).
   *
   * <p>Signals {@link StorageUnavailableException}.
   */
  Single<List<ListedAccount>> listAccounts(Optional<UserId> after, int accountsMax);

  /** One account of a listing. */
  record ListedAccount(UserId user, Account account) {}
}
