package io.tributary.storage;

import io.tributary.codecs.message.Bytes;

/**
 * A value and the bytes it was read from. Compare-and-set compares bytes: a value written by a
 * newer version may hold more than this version understands.
 */
public record Stored<V>(V value, Bytes bytes) {}
