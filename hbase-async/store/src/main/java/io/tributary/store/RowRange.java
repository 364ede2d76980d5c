package io.tributary.store;

import io.tributary.codecs.message.Bytes;

/**
 * Rows of one table whose keys lie next to each other.
 *
 * @param from the first key that belongs to it; empty begins with the table
 * @param until the first key after it; empty ends with the table
 */
public record RowRange(String table, Bytes from, Bytes until) {}
