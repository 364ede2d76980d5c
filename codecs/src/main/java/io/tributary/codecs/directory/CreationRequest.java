package io.tributary.codecs.directory;

import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;

/**
 * Remembers a request id, so that a repetition finds the first answer.
 *
 * @param content SHA-256 of what was asked for
 */
public record CreationRequest(UserId user, Bytes content, Stamp stamp) {}
