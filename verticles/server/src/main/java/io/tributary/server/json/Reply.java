package io.tributary.server.json;

import com.google.protobuf.Message;
import io.tributary.codecs.message.Bytes;
import io.tributary.server.http.EntityTag;

/** What an endpoint answers with. */
sealed interface Reply {
  /** A message as proto3 JSON, every field present. */
  record Json(Message message) implements Reply {}

  /**
   * Bytes to be kept as a file, never to be run by a browser.
   *
   * @param name empty: none is proposed
   */
  record File(Bytes bytes, String contentType, String name, EntityTag tag) implements Reply {}
}
