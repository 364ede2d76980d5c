package io.tributary.server.api;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.Freshness;
import io.tributary.mailbox.PageRequest;
import io.tributary.mailbox.ThreadFilter;
import io.tributary.server.api.Refusal.Field;
import io.tributary.server.api.UserRequests.PageSizes;
import io.tributary.v1.ListThreadsRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the requests of the mailbox. All throw {@link Refusal} with the field and its rule. */
final class MailboxRequests {
  static final Field USER = new Field("user");
  static final Field ID = new Field("id");
  static final Field THREAD = new Field("thread");

  private static final PageSizes PAGES = new PageSizes(50, PageRequest.SIZE_MAX);
  private static final Pattern FLAG = Pattern.compile("[a-z0-9_-]{1,32}");
  private static final int FLAGS_MAX = 32;
  private static final int MESSAGES_MAX = 100;

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

  static ThreadFilter filter(ListThreadsRequest request) {
    Optional<String> flag =
        request.getFlag().isEmpty()
            ? Optional.empty()
            : Optional.of(flag(new Field("flag"), request.getFlag()));
    return new ThreadFilter(folder(request.getFolder()), flag, request.getUnreadOnly());
  }

  static Optional<Folder> folder(io.tributary.v1.Folder asked) {
    return switch (asked) {
      case FOLDER_UNSPECIFIED -> Optional.empty();
      case MESSAGES -> Optional.of(Folder.MESSAGES);
      case OTHER -> Optional.of(Folder.OTHER);
      case JUNK -> Optional.of(Folder.JUNK);
      case ARCHIVE -> Optional.of(Folder.ARCHIVE);
      case UNRECOGNIZED ->
          throw Refusal.invalid(new Field("folder"), "MESSAGES, OTHER, JUNK or ARCHIVE");
    };
  }

  static Command.Scope scope(String thread, List<String> messages) {
    if (thread.isEmpty() == messages.isEmpty()) {
      throw Refusal.invalid(THREAD, "either this or messages is needed, not both");
    }
    Field field = new Field("messages");
    if (messages.size() > MESSAGES_MAX) {
      throw Refusal.invalid(field, "1 to " + MESSAGES_MAX + ", not " + messages.size());
    }
    return new Command.Scope(
        optionalId(THREAD, thread), messages.stream().map(id -> id(field, id)).toList());
  }

  static List<String> flags(Field field, List<String> flags) {
    if (flags.size() > FLAGS_MAX) {
      throw Refusal.invalid(field, "at most " + FLAGS_MAX + ", not " + flags.size());
    }
    return flags.stream().map(flag -> flag(field, flag)).distinct().toList();
  }

  private static String flag(Field field, String flag) {
    if (!FLAG.matcher(flag).matches()) {
      throw Refusal.invalid(field, "a flag is 1 to 32 of a-z, 0-9, '-', '_'");
    }
    return flag;
  }

  static Position position(Field field, long seq) {
    if (seq < 0) {
      throw Refusal.invalid(field, "must be a seq as the mailbox gives it");
    }
    return new Position(seq);
  }

  static List<Address> addresses(Field field, List<String> written, Many allowed) {
    if (written.size() > allowed.max()) {
      throw Refusal.invalid(field, "at most " + allowed.max() + ", not " + written.size());
    }
    return written.stream().map(one -> UserRequests.anyAddress(field, one)).distinct().toList();
  }

  /** How many there may be. */
  record Many(int max) {}

  static String text(Field field, String text, Many characters) {
    if (text.codePointCount(0, text.length()) > characters.max()) {
      throw Refusal.invalid(field, "at most " + characters.max() + " characters");
    }
    return text;
  }
}
