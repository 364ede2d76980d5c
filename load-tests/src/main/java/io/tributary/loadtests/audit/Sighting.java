package io.tributary.loadtests.audit;

import java.util.Optional;

/**
 * One message that was found.
 *
 * @param id of the {@link Posting} it says it is; empty if it says none
 * @param digest of its content
 */
public record Sighting(String mailbox, Optional<String> id, String digest) {}
