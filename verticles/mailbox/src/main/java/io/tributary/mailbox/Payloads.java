package io.tributary.mailbox;

import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.log.MessagePayload.Extras;
import io.tributary.codecs.log.MessagePayload.Heading;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a delivery leaves in the log beside the decision. Lists that would crowd the raw message out
 * of its entry are cut at 64 KiB: the raw message has them whole.
 */
final class Payloads {
  private static final int NAME_CHARACTERS_MAX = 1_000;
  private static final int LIST_BYTES_MAX = 64 * 1024;

  /** More than tags and lengths of one list item take. */
  private static final int ITEM_BYTES = 64;

  private static final int UTF8_BYTES_PER_CHARACTER_MAX = 3;

  private Payloads() {}

  static MessagePayload of(Delivery delivery) {
    Envelope envelope = delivery.envelope();
    Author from = envelope.from();
    Content content = delivery.content();
    Heading heading =
        new Heading(
            from.address(),
            cut(from.name()),
            cut(envelope.to(), to -> to.value().length()),
            cut(envelope.envelopeSender()));
    return new MessagePayload(
        heading,
        content.subject(),
        content.text(),
        cut(content.parts(), Payloads::characters),
        content.raw(),
        content.sms().map(sms -> new Extras(Optional.empty(), sms.segments())).orElse(Extras.NONE));
  }

  private static long characters(Part part) {
    return part.name().length() + part.contentType().length() + part.url().length();
  }

  /** Raw messages are large, and few ask for them. */
  static Entry withoutRaw(Entry entry) {
    return new Entry(entry.stamp(), entry.actions().stream().map(Payloads::withoutRaw).toList());
  }

  private static RecordedAction withoutRaw(RecordedAction recorded) {
    return new RecordedAction(
        recorded.recordedMillis(),
        recorded.key(),
        recorded.request(),
        recorded.action(),
        recorded.payload().map(MessagePayload::withoutRaw));
  }

  private static String cut(String text) {
    if (text.length() <= NAME_CHARACTERS_MAX) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(NAME_CHARACTERS_MAX - 1));
    return text.substring(0, pair ? NAME_CHARACTERS_MAX - 1 : NAME_CHARACTERS_MAX);
  }

  private static <T> List<T> cut(List<T> items, ToLongFunction<T> characters) {
    List<T> kept = new ArrayList<>();
    long bytes = 0;
    for (T item : items) {
      bytes += ITEM_BYTES + UTF8_BYTES_PER_CHARACTER_MAX * characters.applyAsLong(item);
      if (bytes > LIST_BYTES_MAX) {
        break;
      }
      kept.add(item);
    }
    return kept;
  }
}
