package io.tributary.server.conversation;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.Conversations.Code;
import io.tributary.channels.Conversations.Outcome.Refused;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Resolution;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command.Target;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.server.router.PeopleLookup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From whom a message is meant for to where it goes. Safe for any thread. */
final class Recipients {
  static final int TO_MAX = 1_000;
  private static final int CONCURRENCY = 16;

  private final Directory directory;
  private final PeopleLookup people;

  Recipients(Directory directory, PeopleLookup people) {
    this.directory = directory;
    this.people = people;
  }

  /** Where a message goes, or why nowhere. */
  sealed interface Found {
    /**
     * Each person once, without the sender.
     *
     * @param targets none if it is to the sender alone
     */
    record Targets(List<Target> targets) implements Found {}

    record No(Refused refusal) implements Found {}
  }

  /**
   * By addresses. Those of nobody here leave by mail or SMS, unless they can only be ours.
   *
   * <p>Signals what the directory signals.
   */
  Single<Found> byAddresses(UserId sender, List<Address> to) {
    if (to.isEmpty() || to.size() > TO_MAX) {
      return Single.just(
          refused(Code.INVALID, "to: 1 to " + TO_MAX + " addresses, not " + to.size()));
    }
    return Flowable.fromIterable(to)
        .distinct()
        .concatMapEager(
            address ->
                directory.resolve(address).map(found -> new Answer(address, found)).toFlowable(),
            CONCURRENCY,
            1)
        .toList()
        .map(answers -> targets(sender, answers));
  }

  private record Answer(Address address, Resolution resolution) {}

  private Found targets(UserId sender, List<Answer> answers) {
    List<Target> targets = new ArrayList<>();
    Set<UserId> users = new HashSet<>();
    users.add(sender);
    for (Answer answer : answers) {
      if (answer.resolution() instanceof Resolution.Resolved resolved) {
        if (users.add(resolved.recipient().user())) {
          targets.add(target(resolved.account()));
        }
      } else if (mustBeOurs(answer.address())) {
        return refused(Code.UNKNOWN_RECIPIENT, "to: nobody has the address " + answer.address());
      } else {
        targets.add(new Target(answer.address(), Optional.empty()));
      }
    }
    return new Found.Targets(targets);
  }

  private boolean mustBeOurs(Address address) {
    return address.kind() == AddressKind.CHAT || people.isLocal(address);
  }

  /**
   * Everyone in a thread. Whose account is gone gets nothing more.
   *
   * <p>Signals what the directory signals.
   */
  Single<Found> inThread(UserId sender, ThreadPeople thread) {
    return Flowable.fromIterable(thread.users())
        .filter(user -> !user.equals(sender))
        .sorted()
        .concatMapMaybe(directory::byId)
        .map(Recipients::target)
        .concatWith(
            Flowable.fromIterable(thread.outside())
                .map(address -> new Target(address, Optional.empty())))
        .toList()
        .map(Found.Targets::new);
  }

  private static Target target(UserAccount account) {
    Address chat = new Address(AddressKind.CHAT, account.name());
    return new Target(chat, Optional.of(new Recipient(account.id(), account.generation(), chat)));
  }

  private static Found refused(Code code, String reason) {
    return new Found.No(new Refused(code, reason));
  }
}
