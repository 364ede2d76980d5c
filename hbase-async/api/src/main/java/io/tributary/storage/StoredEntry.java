package io.tributary.storage;

import io.tributary.codecs.message.Bytes;

/** An entry as it stands in the log. */
public record StoredEntry(long number, Bytes bytes) {}
