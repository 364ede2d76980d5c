package io.tributary.simulation;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.AddressChange;
import io.tributary.discovery.directory.Creation;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.NewUser;
import io.tributary.discovery.directory.Resolution;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.storage.StorageUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Who has which address. It is away at times; its answers come at once, as from a cache. */
final class SimulatedDirectory implements Directory {
  private final World world;

  SimulatedDirectory(World world) {
    this.world = world;
  }

  @Override
  public Single<Resolution> resolve(Address address) {
    return there(() -> resolution(address));
  }

  private Resolution resolution(Address address) {
    return world
        .userWith(address)
        .<Resolution>map(user -> new Resolution.Resolved(user.recipient(address), account(user)))
        .orElseGet(Resolution.Unknown::new);
  }

  static UserAccount account(SimulatedUser user) {
    return new UserAccount(user.id(), user.name(), user.addresses(), World.CELL, 1, 0);
  }

  @Override
  public void forget(Address address) {
    // nothing changes here
  }

  @Override
  public Maybe<UserAccount> byName(String name) {
    return there(() -> world.users().stream().filter(user -> user.name().equals(name)).findFirst())
        .mapOptional(found -> found.map(SimulatedDirectory::account));
  }

  @Override
  public Maybe<UserAccount> byId(UserId id) {
    return there(() -> account(world.user(id))).toMaybe();
  }

  private <T> Single<T> there(Supplier<T> answer) {
    return Single.defer(
        () ->
            world.weather().failsLookup()
                ? Single.error(StorageUnavailableException.outcomeUnknown("the directory is away"))
                : Single.just(answer.get()));
  }

  @Override
  public Single<List<UserAccount>> list(Optional<UserId> after, int max) {
    throw new UnsupportedOperationException("nobody lists accounts here");
  }

  @Override
  public Single<Creation> create(NewUser user, Optional<String> requestId) {
    throw new UnsupportedOperationException("accounts are opened by AccountOpening");
  }

  @Override
  public Single<AddressChange> addAddress(UserId user, Address address) {
    throw new UnsupportedOperationException("nobody changes addresses here");
  }

  @Override
  public Single<AddressChange> removeAddress(UserId user, Address address) {
    throw new UnsupportedOperationException("nobody changes addresses here");
  }

  @Override
  public Completable sweep() {
    throw new UnsupportedOperationException("nobody sweeps here");
  }
}
