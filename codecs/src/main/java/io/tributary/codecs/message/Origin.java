package io.tributary.codecs.message;

import io.tributary.codecs.identity.UserId;

/**
 * Which sent message a copy is of. A mailbox takes one copy of each, for ever: this is the copy's
 * idempotency key.
 */
public record Origin(UserId sender, Position position) {}
