package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.Account;
import io.tributary.codecs.directory.Claim;
import io.tributary.codecs.directory.CreationRequest;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.directory.TokenHash;
import io.tributary.codecs.identity.UserId;
import io.tributary.storage.ActionLog;
import io.tributary.storage.AppendResult;
import io.tributary.storage.DirectoryStore;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.InMemoryDirectoryStore;
import io.tributary.storage.LogId;
import io.tributary.storage.RecordTable;
import io.tributary.storage.StorageUnavailableException;
import io.tributary.storage.Stored;
import io.tributary.storage.StoredEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storage whose calls wait until the test lets each one go on: carried out, failed with or without
 * having been carried out, or landing later. Single-threaded.
 */
final class SteppedStorage {
  final InMemoryDirectoryStore rows = new InMemoryDirectoryStore();
  final InMemoryActionLog log = new InMemoryActionLog();
  final List<Call<?>> waiting = new ArrayList<>();
  private final Set<String> crashed = new HashSet<>();
  private final List<Runnable> landingLater = new ArrayList<>();

  /** What the network does with one call. */
  enum Fate {
    ANSWERED,
    APPLIED_BUT_FAILED,
    LOST,
    LANDS_LATER
  }

  /** A call that was sent and not carried out yet. */
  static final class Call<T> {
    final String process;
    final String what;
    private final Single<T> work;
    private final SingleEmitter<T> caller;
    private final Optional<T> ifUnknown;

    private Call(
        String process, String what, Single<T> work, SingleEmitter<T> caller, Optional<T> unknown) {
      this.process = process;
      this.what = what;
      this.work = work;
      this.caller = caller;
      this.ifUnknown = unknown;
    }

    private void fail() {
      ifUnknown.ifPresentOrElse(
          caller::onSuccess,
          () -> caller.tryOnError(StorageUnavailableException.outcomeUnknown("cut off")));
    }

    private T run() {
      return work.blockingGet();
    }

    @Override
    public String toString() {
      return process + ":" + what;
    }
  }

  void let(Call<?> call, Fate fate) {
    if (!waiting.remove(call)) {
      throw new IllegalArgumentException("no such call is waiting: " + call);
    }
    settle(call, fate);
  }

  private <T> void settle(Call<T> call, Fate fate) {
    switch (fate) {
      case ANSWERED -> call.caller.onSuccess(call.run());
      case APPLIED_BUT_FAILED -> {
        call.run();
        call.fail();
      }
      case LOST -> call.fail();
      case LANDS_LATER -> {
        landingLater.add(call::run);
        call.fail();
      }
    }
  }

  /** The process dies: its calls may be lost, carried out, or land later, but never answered. */
  void crash(String process, Choices choices) {
    crashed.add(process);
    for (Call<?> call : List.copyOf(waiting)) {
      if (call.process.equals(process)) {
        waiting.remove(call);
        switch (choices.next(3)) {
          case 0 -> call.run();
          case 1 -> landingLater.add(call::run);
          default -> {}
        }
      }
    }
  }

  int late() {
    return landingLater.size();
  }

  void land(int index) {
    landingLater.remove(index).run();
  }

  <T> Single<T> send(String process, String what, Single<T> work, Optional<T> unknown) {
    return Single.create(caller -> waiting.add(new Call<>(process, what, work, caller, unknown)));
  }

  /** The log as one process sees it. */
  ActionLog logOf(String process) {
    return new ActionLog() {
      @Override
      public Single<AppendResult> append(FrozenEntry entry) {
        return send(
            process, "append", log.append(entry), Optional.of(new AppendResult.InDoubt("cut off")));
      }

      @Override
      public Single<List<StoredEntry>> read(LogId id, long fromEntry, int entriesMax) {
        return log.read(id, fromEntry, entriesMax);
      }

      @Override
      public Single<List<StoredEntry>> readEach(LogId id, Collection<Long> numbers) {
        return log.readEach(id, numbers);
      }
    };
  }

  /** The rows as one process sees them. */
  DirectoryStore rowsOf(String process) {
    return new DirectoryStore() {
      @Override
      public RecordTable<UserId, Account> accounts() {
        return table(process, "account", rows.accounts());
      }

      @Override
      public RecordTable<Address, Claim> claims() {
        return table(process, "claim", rows.claims());
      }

      @Override
      public RecordTable<TokenHash, TokenGrant> tokens() {
        return table(process, "token", rows.tokens());
      }

      @Override
      public RecordTable<String, CreationRequest> requests() {
        return table(process, "request", rows.requests());
      }

      @Override
      public Single<List<ListedAccount>> listAccounts(Optional<UserId> after, int accountsMax) {
        return send(process, "list", rows.listAccounts(after, accountsMax), Optional.empty());
      }
    };
  }

  private <K, V> RecordTable<K, V> table(String process, String name, RecordTable<K, V> table) {
    return new RecordTable<>() {
      @Override
      public Single<Boolean> putIfAbsent(K key, V value) {
        return send(process, "put " + name, table.putIfAbsent(key, value), Optional.empty());
      }

      @Override
      public Single<Boolean> replace(K key, Stored<V> expected, V next) {
        return send(
            process, "replace " + name, table.replace(key, expected, next), Optional.empty());
      }

      @Override
      public Maybe<Stored<V>> get(K key) {
        Single<Optional<Stored<V>>> row =
            Maybe.defer(() -> table.get(key)).map(Optional::of).defaultIfEmpty(Optional.empty());
        return send(process, "get " + name, row, Optional.empty())
            .flatMapMaybe(Maybe::fromOptional);
      }
    };
  }
}
