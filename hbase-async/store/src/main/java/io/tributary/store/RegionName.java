package io.tributary.store;

import io.tributary.codecs.message.Bytes;

/** HBase's name of a region; another one after a split or a merge. */
public record RegionName(Bytes bytes) {}
