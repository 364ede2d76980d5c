package io.tributary.loadtests.drill;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.ApiException;
import io.tributary.v1.Freshness;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads that a node answers without what another node had acknowledged before they were asked. For
 * one thread.
 */
final class StaleReads {
  private final Api suspect;
  private final Api witness;
  private final List<Long> committedAtMillis = new ArrayList<>();
  private int latest;
  private int reads;
  private int refused;

  /**
   * @param suspect node that may not know that it owns no longer
   * @param witness node that does
   */
  StaleReads(Api suspect, Api witness) {
    this.suspect = suspect;
    this.witness = witness;
  }

  /** Reads a mailbox in both ways. */
  void look(Person person) {
    long known;
    try {
      known = newest(witness, person, Freshness.LATEST);
    } catch (ApiException notNow) {
      return;
    }
    if (isStale(person, Freshness.LATEST, known)) {
      latest++;
    }
    if (isStale(person, Freshness.COMMITTED, known)) {
      committedAtMillis.add(System.currentTimeMillis());
    }
  }

  private boolean isStale(Person person, Freshness freshness, long known) {
    try {
      long seen = newest(suspect, person, freshness);
      reads++;
      return seen < known;
    } catch (ApiException noAnswer) {
      refused++;
      return false;
    }
  }

  private static long newest(Api api, Person person, Freshness freshness) {
    return api
        .once(
            MailboxServiceGrpcClient.ListMessages,
            ListMessagesRequest.newBuilder()
                .setUser(person.name())
                .setPageSize(1)
                .setNewestFirst(true)
                .setFreshness(freshness)
                .build())
        .getMessagesList()
        .stream()
        .mapToLong(message -> message.getSeq())
        .max()
        .orElse(0);
  }

  /**
   * @param knewAtMillis when the node knew that it was no longer in the ring
   */
  List<Claim> claims(long knewAtMillis) {
    long after = committedAtMillis.stream().filter(at -> at > knewAtMillis).count();
    return List.of(
        Claim.that(
            latest == 0, "%d reads, %d refused; stale ones as LATEST: %d", reads, refused, latest),
        Claim.that(
            after == 0,
            "stale ones as COMMITTED: %d before the node knew, %d after",
            committedAtMillis.size() - after,
            after));
  }
}
