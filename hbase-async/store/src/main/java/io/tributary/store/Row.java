package io.tributary.store;

import io.tributary.codecs.message.Bytes;

/** A row that was read: its key, and the value of its one column. */
public record Row(Bytes key, Bytes value) {}
