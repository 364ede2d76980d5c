package io.tributary.store;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.directory.DirectoryRecords;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.RecordTable;
import io.tributary.store.HBaseRecordTable.Access;
import io.tributary.store.HBaseRecordTable.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The directory's rows, in its own namespace. */
public final class HBaseDirectoryStore implements DirectoryStore {

  private static final int LISTED_MAX = 1_000;

  private final Rows rows;
  private final String accountsTable;
  private final RecordTable<UserId, Account> accounts;
  private final RecordTable<Address, Claim> claims;
  private final RecordTable<TokenHash, TokenGrant> tokens;
  private final RecordTable<String, CreationRequest> requests;

  /**
   * @param namespace of the directory
   * @param scheduler where deadlines are counted; {@code rows} answers there too
   * @param deadline of one write, its resolution included
   */
  public HBaseDirectoryStore(Rows rows, String namespace, Scheduler scheduler, Duration deadline) {
    this.rows = rows;
    this.accountsTable = namespace + ":accounts";
    Access access = new Access(rows, scheduler, deadline);
    this.accounts = new HBaseRecordTable<>(access, accountForm(accountsTable));
    this.claims = new HBaseRecordTable<>(access, claimForm(namespace + ":addresses"));
    this.tokens = new HBaseRecordTable<>(access, tokenForm(namespace + ":tokens"));
    this.requests = new HBaseRecordTable<>(access, requestForm(namespace + ":requests"));
  }

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
    if (accountsMax < 1 || accountsMax > LISTED_MAX) {
      return Single.error(
          new IllegalArgumentException("1 to 1000 accounts at once, not " + accountsMax));
    }
    Bytes from = after.map(HBaseDirectoryStore::keyAfter).orElse(Bytes.EMPTY);
    return rows.scan(new RowRange(accountsTable, from, Bytes.EMPTY), accountsMax)
        .map(found -> found.stream().map(HBaseDirectoryStore::listed).toList());
  }

  /** The least key above a user's: the same, and a zero. */
  private static Bytes keyAfter(UserId user) {
    byte[] key = new byte[RowKeys.USER_BYTES + 1];
    System.arraycopy(RowKeys.account(user).unsafeArray(), 0, key, 0, RowKeys.USER_BYTES);
    return Bytes.ofOwned(key);
  }

  private static ListedAccount listed(Row row) {
    return new ListedAccount(
        RowKeys.userOf(row.key()),
        HBaseRecordTable.read(DirectoryRecords::decodeAccount, row.value()));
  }

  private static Form<UserId, Account> accountForm(String table) {
    return new Form<>(
        table, RowKeys::account, DirectoryRecords::encode, DirectoryRecords::decodeAccount);
  }

  private static Form<Address, Claim> claimForm(String table) {
    return new Form<>(
        table, RowKeys::address, DirectoryRecords::encode, DirectoryRecords::decodeClaim);
  }

  private static Form<TokenHash, TokenGrant> tokenForm(String table) {
    return new Form<>(
        table, RowKeys::token, DirectoryRecords::encode, DirectoryRecords::decodeToken);
  }

  private static Form<String, CreationRequest> requestForm(String table) {
    return new Form<>(
        table, RowKeys::request, DirectoryRecords::encode, DirectoryRecords::decodeRequest);
  }
}
