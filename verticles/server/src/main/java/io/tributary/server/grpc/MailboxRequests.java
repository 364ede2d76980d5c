package io.tributary.server.grpc;

import io.tributary.codecs.message.MessageId;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.PageRequest;
import io.tributary.server.api.Refusal;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.grpc.UserRequests.PageSizes;
import java.util.Optional;

/** Reads the requests of the mailbox. All throw {@link Refusal} with the field and its rule. */
final class MailboxRequests {
  private static final PageSizes PAGES = new PageSizes(50, PageRequest.SIZE_MAX);

  private MailboxRequests() {}

  static PageRequest page(int size, String token) {
    return new PageRequest(
        UserRequests.pageSize(size, PAGES),
        token.isEmpty() ? Optional.empty() : Optional.of(token));
  }

  static MessageId id(Field field, String written) {
    return MessageId.parse(written)
        .orElseThrow(
            () -> Refusal.invalid(field, "must be an id as listings give it, 22 characters"));
  }

  static Optional<MessageId> optionalId(Field field, String written) {
    return written.isEmpty() ? Optional.empty() : Optional.of(id(field, written));
  }

  static Freshness freshness(io.tributary.v1.Freshness asked) {
    return switch (asked) {
      case COMMITTED -> Freshness.COMMITTED;
      case LATEST -> Freshness.LATEST;
      case UNRECOGNIZED -> throw Refusal.invalid(new Field("freshness"), "COMMITTED or LATEST");
    };
  }
}
