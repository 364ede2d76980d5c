package io.tributary.store;

import io.tributary.codecs.message.Bytes;

/**
 * A row of a table to write, and as of when.
 *
 * @param timestamp at least 1
 */
public record TimedRow(Bytes key, Bytes value, long timestamp) {}
