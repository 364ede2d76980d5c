package io.tributary.codecs.json;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary messages, with any text at all in them. */
public final class MessageViews {
  private static final List<Address> ADDRESSES =
      List.of(
          Address.parse("chat:bob"),
          Address.parse("email:\"a<b>&c='d'\"@example.com"),
          Address.parse("sms:+12025550102"));

  private MessageViews() {}

  /** Text with everything in it but halves of surrogate pairs, which protobuf can't hold. */
  public static Arbitrary<String> text() {
    return Arbitraries.strings().excludeChars().all().ofMaxLength(60).map(MessageViews::wellFormed);
  }

  private static String wellFormed(String any) {
    return new String(
        any.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  public static Arbitrary<MessageId> ids() {
    return Combinators.combine(Arbitraries.longs().between(1, Long.MAX_VALUE), positions())
        .as((user, position) -> new MessageId(new UserId(user), position));
  }

  public static Arbitrary<Position> positions() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE).map(Position::new);
  }

  public static Arbitrary<Address> addresses() {
    return Arbitraries.of(ADDRESSES);
  }

  public static Arbitrary<MessageView> all() {
    return Combinators.combine(ids(), ids(), positions(), text(), text(), times(), parts(), marks())
        .as(
            (id, thread, position, subject, text, time, parts, marks) ->
                new MessageView(
                    id,
                    thread,
                    position,
                    Channel.values()[(int) (time & 1)],
                    ADDRESSES.get((int) Math.floorMod(time, 3L)),
                    ADDRESSES.subList(0, text.length() % 4),
                    subject,
                    text,
                    time,
                    text.isEmpty(),
                    parts,
                    marks));
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.longs().between(-62_135_596_800_000L, 253_402_300_799_999L);
  }

  private static Arbitrary<List<Part>> parts() {
    return Combinators.combine(text(), text(), Arbitraries.longs().between(0, Long.MAX_VALUE))
        .as(Part::new)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<MessageView.Marks> marks() {
    return Combinators.combine(
            text().list().ofMaxSize(3),
            Arbitraries.of(true, false),
            Combinators.combine(addresses(), Arbitraries.of(RecipientState.State.class))
                .as(RecipientState::new)
                .list()
                .ofMaxSize(3))
        .as(MessageView.Marks::new);
  }
}
