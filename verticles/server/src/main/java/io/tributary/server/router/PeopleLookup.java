package io.tributary.server.router;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Resolution;
import io.tributary.storage.StorageUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which of a message's addresses are users here, so that a mailbox knows one person by
 * all of them. An author counts only if proved. Safe for any thread.
 */
public final class PeopleLookup {
  /** A message to more people than that is known by their addresses alone. */
  private static final int LOOKUPS_MAX = 100;

  private static final int CONCURRENCY = 16;
  private static final Logger LOG = LoggerFactory.getLogger(PeopleLookup.class);

  private final Directory directory;
  private final Set<String> localDomains;

  /**
   * @param localDomains whose mail addresses can be users'
   */
  public PeopleLookup(Directory directory, Collection<String> localDomains) {
    this.directory = directory;
    this.localDomains =
        localDomains.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The message with what is known of its people. A copy of a message sent here has that already.
   *
   * <p>Signals what the directory signals, except about an SMS's author: a provider may not come
   * again, so an author who can't be looked up now is a number outside. If it is a user's, that one
   * message stands in a thread by the number (and in that of a contact who has it), as one from
   * before they had it does. A mail server keeps what it could not deliver, and comes again.
   */
  Single<Delivery> enrich(Delivery delivery) {
    List<Address> candidates = candidates(delivery);
    return delivery.origin().isPresent() || candidates.isEmpty()
        ? Single.just(delivery)
        : known(candidates).map(delivery::knowing);
  }

  private Single<KnownPeople> known(List<Address> candidates) {
    return Flowable.fromIterable(candidates)
        .flatMapMaybe(this::found, false, CONCURRENCY)
        .toMap(Map.Entry::getKey, Map.Entry::getValue)
        .map(KnownPeople::new);
  }

  private List<Address> candidates(Delivery delivery) {
    Author author = delivery.envelope().from();
    return Stream.concat(
            author.verified() ? Stream.of(author.address()) : Stream.empty(),
            delivery.envelope().to().stream().filter(this::canBeAUser))
        .filter(address -> !address.equals(delivery.recipient().resolvedBy()))
        .distinct()
        .limit(LOOKUPS_MAX)
        .toList();
  }

  /** Mail names strangers by the dozen: only addresses of our own domains are looked up. */
  private boolean canBeAUser(Address address) {
    return address.kind() != AddressKind.EMAIL || isLocal(address);
  }

  /** Whether it is a mail address in one of our domains. */
  public boolean isLocal(Address address) {
    String domain = address.value().substring(address.value().lastIndexOf('@') + 1);
    return address.kind() == AddressKind.EMAIL && localDomains.contains(domain);
  }

  private Maybe<Map.Entry<Address, UserId>> found(Address address) {
    return address.kind() == AddressKind.SMS
        ? user(address).onErrorComplete(PeopleLookup::isAway)
        : user(address);
  }

  private static boolean isAway(Throwable failure) {
    if (failure instanceof StorageUnavailableException) {
      LOG.info("event=router.author_unknown reason=\"{}\"", failure.getMessage());
      return true;
    }
    return false;
  }

  private Maybe<Map.Entry<Address, UserId>> user(Address address) {
    return directory
        .resolve(address)
        .ofType(Resolution.Resolved.class)
        .map(resolved -> Map.entry(address, resolved.recipient().user()));
  }
}
