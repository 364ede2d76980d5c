package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import java.util.List;
import java.util.Optional;

/**
 * Accounts and their addresses, cached in this process. Answers come on any thread of the storage
 * or at once.
 *
 * <p>Reads signal {@link io.tributary.storage.StorageUnavailableException} if storage is away and
 * the answer is not cached. What is cached keeps being answered while storage is away; a mailbox
 * knows its own addresses, so an old answer can't put mail in a wrong one.
 */
public interface Directory {
  /**
   * Whom the address reaches. {@link Resolution.Unknown} rests on a read at most two seconds old,
   * never on an older one.
   */
  Single<Resolution> resolve(Address address);

  /**
   * Forgets what is cached about the address: the mailbox it led to has refused it. If the account
   * has it all the same, the mailbox is told once more which addresses it has.
   */
  void forget(Address address);

  /** The active account of that name, in any spelling; empty if it can't be a name. */
  Maybe<UserAccount> byName(String name);

  /** The active account with that id. */
  Maybe<UserAccount> byId(UserId id);

  /**
   * Active accounts by rising id, those after {@code after}, at most {@code max} (1 to 1,000).
   * Fewer than {@code max} means: these are the last.
   */
  Single<List<UserAccount>> list(Optional<UserId> after, int max);

  /**
   * Creates an account with all its addresses, or nothing. Expected failures are {@link Creation}s;
   * no error is signalled for them.
   *
   * <p>A success is remembered by the request id for ever: the same content gives the first answer
   * again, also if the first attempt died midway (it is then finished), other content {@link
   * Creation.RequestIdReused}. A refusal changed nothing; the same request is judged anew.
   *
   * @param requestId 1 to 128 characters
   */
  Single<Creation> create(NewUser user, Optional<String> requestId);

  /**
   * Gives an active account one more address. Expected failures are {@link AddressChange}s. May be
   * repeated; whoever had it before gets it back at once, others after 30 days.
   */
  Single<AddressChange> addAddress(UserId user, Address address);

  /**
   * Takes an address away; it is quarantined for 30 days. Expected failures are {@link
   * AddressChange}s. May be repeated.
   */
  Single<AddressChange> removeAddress(UserId user, Address address);

  /**
   * Looks through all accounts for creations that died more than a minute ago, aborts them and
   * frees their addresses. Not needed for a new creation of the same addresses, which does that by
   * itself.
   */
  Completable sweep();
}
