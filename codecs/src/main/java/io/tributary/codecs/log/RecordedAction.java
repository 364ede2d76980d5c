package io.tributary.codecs.log;

import io.tributary.codecs.message.Bytes;
import java.util.Optional;

/**
 * An action with what every action has.
 *
 * @param recordedMillis when it was decided, Unix milliseconds
 * @param key idempotency key
 * @param request hash of what was asked for under the key; deliveries have none
 * @param payload personal content, kept apart so that it can be destroyed alone
 */
public record RecordedAction(
    long recordedMillis,
    Optional<Bytes> key,
    Optional<Bytes> request,
    Action action,
    Optional<MessagePayload> payload) {

  /** Of an action that nobody asked for by a request. */
  public RecordedAction(
      long recordedMillis, Optional<Bytes> key, Action action, Optional<MessagePayload> payload) {
    this(recordedMillis, key, Optional.empty(), action, payload);
  }
}
