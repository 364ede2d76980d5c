package io.tributary.storage;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.directory.DirectoryRecords;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The directory's rows in memory, for tests. Holds bytes, as the real one does. */
public final class InMemoryDirectoryStore implements DirectoryStore {
  private final InMemoryRecordTable<UserId, Account> accounts =
      new InMemoryRecordTable<>(DirectoryRecords::encode, DirectoryRecords::decodeAccount);
  private final InMemoryRecordTable<Address, Claim> claims =
      new InMemoryRecordTable<>(DirectoryRecords::encode, DirectoryRecords::decodeClaim);
  private final InMemoryRecordTable<TokenHash, TokenGrant> tokens =
      new InMemoryRecordTable<>(DirectoryRecords::encode, DirectoryRecords::decodeToken);
  private final InMemoryRecordTable<String, CreationRequest> requests =
      new InMemoryRecordTable<>(DirectoryRecords::encode, DirectoryRecords::decodeRequest);

  @Override
  public RecordTable<UserId, Account> accounts() {
    return accounts;
  }

  @Override
  public RecordTable<Address, Claim> claims() {
    return claims;
  }

  @Override
  public RecordTable<TokenHash, TokenGrant> tokens() {
    return tokens;
  }

  @Override
  public RecordTable<String, CreationRequest> requests() {
    return requests;
  }

  @Override
  public Single<List<ListedAccount>> listAccounts(Optional<UserId> after, int accountsMax) {
    if (accountsMax < 1 || accountsMax > 1_000) {
      throw new IllegalArgumentException("a listing has 1 to 1000 accounts, not " + accountsMax);
    }
    return Single.fromCallable(
        () ->
            accounts.rows().entrySet().stream()
                .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0)
                .sorted(Map.Entry.comparingByKey())
                .limit(accountsMax)
                .map(row -> new ListedAccount(row.getKey(), accounts.read(row.getValue())))
                .toList());
  }
}
