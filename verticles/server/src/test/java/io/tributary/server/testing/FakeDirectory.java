package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.AddressChange;
import io.tributary.discovery.directory.Creation;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.NewUser;
import io.tributary.discovery.directory.Resolution;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A directory in memory, without its protocol. It can be away. Used by one thread at a time. */
public final class FakeDirectory implements Directory {
  private final List<UserAccount> accounts = new ArrayList<>();
  private final List<Address> forgotten = new ArrayList<>();
  private volatile boolean away;

  /** Adds or replaces. */
  public UserAccount put(long id, String name, int generation) {
    accounts.removeIf(account -> account.id().value() == id);
    Address chat = Address.parse("chat:" + name);
    Address email = Address.parse("email:" + name + "@example.com");
    UserAccount account =
        new UserAccount(new UserId(id), name, List.of(chat, email), "c1", generation, 1_000);
    accounts.add(account);
    return account;
  }

  public void remove(UserAccount account) {
    accounts.remove(account);
  }

  public void away(boolean now) {
    away = now;
  }

  public List<Address> forgotten() {
    return forgotten;
  }

  @Override
  public Single<Resolution> resolve(Address address) {
    return found(account -> account.addresses().contains(address))
        .<Resolution>map(
            account ->
                new Resolution.Resolved(
                    new Recipient(account.id(), account.generation(), address), account))
        .defaultIfEmpty(new Resolution.Unknown());
  }

  @Override
  public void forget(Address address) {
    forgotten.add(address);
  }

  @Override
  public Maybe<UserAccount> byName(String name) {
    return found(account -> account.name().equals(name));
  }

  @Override
  public Maybe<UserAccount> byId(UserId id) {
    return found(account -> account.id().equals(id));
  }

  private interface Test {
    boolean of(UserAccount account);
  }

  private Maybe<UserAccount> found(Test test) {
    return Maybe.defer(
        () ->
            away
                ? Maybe.error(StorageUnavailableException.notApplied("away"))
                : accounts.stream()
                    .filter(test::of)
                    .findFirst()
                    .map(Maybe::just)
                    .orElseGet(Maybe::empty));
  }

  @Override
  public Single<List<UserAccount>> list(Optional<UserId> after, int max) {
    return Single.fromCallable(
        () ->
            accounts.stream()
                .filter(account -> after.isEmpty() || account.id().compareTo(after.get()) > 0)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .limit(max)
                .toList());
  }

  @Override
  public Single<Creation> create(NewUser user, Optional<String> requestId) {
    return Single.fromCallable(
        () -> {
          for (UserAccount account : accounts) {
            for (Address address : user.addresses()) {
              if (account.addresses().contains(address)) {
                return new Creation.AddressTaken(address);
              }
            }
          }
          UserAccount created =
              new UserAccount(
                  new UserId(1_000 + accounts.size()),
                  user.name().value(),
                  user.addresses(),
                  "c1",
                  1,
                  1_000);
          accounts.add(created);
          return new Creation.Created(created, false);
        });
  }

  @Override
  public Single<AddressChange> addAddress(UserId user, Address address) {
    return Single.fromCallable(
        () -> {
          for (UserAccount other : accounts) {
            if (!other.id().equals(user) && other.addresses().contains(address)) {
              return new AddressChange.Taken();
            }
          }
          return change(user, addresses -> addresses.add(address));
        });
  }

  @Override
  public Single<AddressChange> removeAddress(UserId user, Address address) {
    return Single.fromCallable(
        () ->
            address.kind() == AddressKind.CHAT
                ? new AddressChange.Refused("not the chat address")
                : change(user, addresses -> addresses.remove(address)));
  }

  private AddressChange change(UserId user, Consumer<Set<Address>> change) {
    for (int i = 0; i < accounts.size(); i++) {
      UserAccount account = accounts.get(i);
      if (account.id().equals(user)) {
        Set<Address> addresses = new TreeSet<>(account.addresses());
        change.accept(addresses);
        UserAccount next =
            new UserAccount(
                user, account.name(), List.copyOf(addresses), "c1", account.generation(), 1_000);
        accounts.set(i, next);
        return new AddressChange.Changed(next);
      }
    }
    return new AddressChange.NoSuchUser();
  }

  @Override
  public Completable sweep() {
    return Completable.complete();
  }
}
