package io.tributary.codecs.cell;

import io.tributary.cell.v1.EventValue;
import io.tributary.cell.v1.SentValue;
import io.tributary.cell.v1.UpdatedValue;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.LiveEvent.Kind;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Position;
import java.util.Optional;

/** What happened in a mailbox, for sessions on other nodes. */
public final class EventValues {
  private EventValues() {}

  public static EventValue write(LiveEvent event) {
    EventValue.Builder written = EventValue.newBuilder();
    if (event instanceof LiveEvent.Arrived arrived) {
      written.setArrived(MessageValues.write(arrived.message()));
    } else if (event instanceof LiveEvent.Sent sent) {
      written.setSent(
          SentValue.newBuilder()
              .setMessage(MessageValues.write(sent.message()))
              .setDevice(sent.client().device())
              .setId(sent.client().id()));
    } else if (event instanceof LiveEvent.Updated updated) {
      written.setUpdated(write(updated));
    }
    return written.build();
  }

  private static UpdatedValue write(LiveEvent.Updated updated) {
    UpdatedValue.Builder written =
        UpdatedValue.newBuilder()
            .setPosition(updated.position().value())
            .setKind(number(updated.kind()))
            .addAllMessages(Keys.write(updated.messages()));
    updated.thread().ifPresent(thread -> written.setThread(Keys.write(thread)));
    updated.readUpTo().ifPresent(position -> written.setReadUpTo(position.value()));
    return written.build();
  }

  /** Throws {@code IllegalArgumentException} for what no node of this version writes. */
  public static LiveEvent read(EventValue written) {
    return switch (written.getEventCase()) {
      case ARRIVED -> new LiveEvent.Arrived(MessageValues.read(written.getArrived()));
      case SENT -> read(written.getSent());
      case UPDATED -> read(written.getUpdated());
      case EVENT_NOT_SET -> throw new IllegalArgumentException("an event of an unknown kind");
    };
  }

  private static LiveEvent read(SentValue written) {
    return new LiveEvent.Sent(
        MessageValues.read(written.getMessage()),
        new ClientId(written.getDevice(), written.getId()));
  }

  private static LiveEvent read(UpdatedValue written) {
    return new LiveEvent.Updated(
        new Position(written.getPosition()),
        kind(written.getKind()),
        written.hasThread() ? Optional.of(Keys.read(written.getThread())) : Optional.empty(),
        Keys.read(written.getMessagesList()),
        written.hasReadUpTo()
            ? Optional.of(new Position(written.getReadUpTo()))
            : Optional.empty());
  }

  private static int number(Kind kind) {
    return switch (kind) {
      case READ -> 1;
      case MODIFIED -> 2;
      case DELIVERY -> 3;
      case CONTACT -> 4;
      case MAILBOX -> 5;
    };
  }

  private static Kind kind(int number) {
    return switch (number) {
      case 1 -> Kind.READ;
      case 2 -> Kind.MODIFIED;
      case 3 -> Kind.DELIVERY;
      case 4 -> Kind.CONTACT;
      case 5 -> Kind.MAILBOX;
      default -> throw new IllegalArgumentException("an update of an unknown kind: " + number);
    };
  }
}
