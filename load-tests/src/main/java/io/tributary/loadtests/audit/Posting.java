package io.tributary.loadtests.audit;

import java.util.Set;

/**
 * One message that was sent.
 *
 * @param id unique in its run
 * @param mailboxes where it must lie once it is acknowledged, exactly once in each
 * @param digest of its content, as {@link Sighting} has it
 */
public record Posting(String id, Set<String> mailboxes, String digest) {
  public Posting {
    mailboxes = Set.copyOf(mailboxes);
  }
}
