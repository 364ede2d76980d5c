package io.tributary.codecs.cell;

import io.tributary.cell.v1.BatchValue;
import io.tributary.cell.v1.PresenceValue;
import io.tributary.cell.v1.TypingValue;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import java.util.stream.Collectors;

/** Live batches and signals, for sessions on other nodes. */
public final class NewsValues {
  private NewsValues() {}

  public static BatchValue write(LiveBatch batch) {
    return BatchValue.newBuilder()
        .setUser(batch.user().value())
        .setAfter(batch.after().value())
        .setHead(batch.head().value())
        .addAllEvents(batch.events().stream().map(EventValues::write).toList())
        .build();
  }

  /** Throws {@code IllegalArgumentException} for what no node of this version writes. */
  public static LiveBatch read(BatchValue written) {
    return new LiveBatch(
        new UserId(written.getUser()),
        new Position(written.getAfter()),
        new Position(written.getHead()),
        written.getEventsList().stream().map(EventValues::read).toList());
  }

  public static TypingValue write(Signal.Typing typing) {
    return TypingValue.newBuilder()
        .setTo(typing.to().value())
        .setFrom(typing.from().value())
        .setAbout(typing.about().toString())
        .addAllPeople(typing.people().stream().map(UserId::value).toList())
        .setOn(typing.on())
        .build();
  }

  public static Signal.Typing read(TypingValue written) {
    return new Signal.Typing(
        new UserId(written.getTo()),
        new UserId(written.getFrom()),
        Address.parse(written.getAbout()),
        written.getPeopleList().stream().map(UserId::new).collect(Collectors.toUnmodifiableSet()),
        written.getOn());
  }

  public static PresenceValue write(Signal.Presence presence) {
    return PresenceValue.newBuilder()
        .setTo(presence.to().value())
        .setFrom(presence.from().value())
        .setAbout(presence.about().toString())
        .setOnline(presence.online())
        .setAnswer(presence.answer())
        .build();
  }

  public static Signal.Presence read(PresenceValue written) {
    return new Signal.Presence(
        new UserId(written.getTo()),
        new UserId(written.getFrom()),
        Address.parse(written.getAbout()),
        written.getOnline(),
        written.getAnswer());
  }
}
