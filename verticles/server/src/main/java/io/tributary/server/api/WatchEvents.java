package io.tributary.server.api;

import io.tributary.channels.live.FollowerSink;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import io.tributary.v1.Gap;
import io.tributary.v1.Head;
import io.tributary.v1.Update;
import io.tributary.v1.WatchResponse;
import java.util.Optional;

/** What a follower tells, in the words of the API. */
final class WatchEvents implements FollowerSink {
  private final WatchOut out;

  WatchEvents(WatchOut out) {
    this.out = out;
  }

  @Override
  public void began(Position head) {
    out.write(headAt(head), Optional.empty());
  }

  @Override
  public void happened(LiveEvent event) {
    out.write(message(event), Optional.of(event.position()));
  }

  @Override
  public void head(Position head) {
    out.write(headAt(head), Optional.of(head));
  }

  @Override
  public void missed(Position from, Position to) {
    Gap gap = Gap.newBuilder().setFrom(from.value()).setTo(to.value()).build();
    out.write(WatchResponse.newBuilder().setGap(gap).build(), Optional.of(to));
  }

  @Override
  public boolean ready() {
    return out.ready();
  }

  private static WatchResponse headAt(Position head) {
    return WatchResponse.newBuilder().setHead(Head.newBuilder().setSeq(head.value())).build();
  }

  private static WatchResponse message(LiveEvent event) {
    WatchResponse.Builder message = WatchResponse.newBuilder();
    if (event instanceof LiveEvent.Arrived arrived) {
      message.setMessage(MailboxMessages.message(arrived.message()));
    } else if (event instanceof LiveEvent.Sent sent) {
      message.setMessage(MailboxMessages.message(sent.message()));
    } else if (event instanceof LiveEvent.Updated updated) {
      message.setUpdate(update(updated));
    }
    return message.build();
  }

  private static Update update(LiveEvent.Updated updated) {
    Update.Builder update =
        Update.newBuilder().setSeq(updated.position().value()).setKind(kind(updated.kind()));
    updated.thread().map(MessageId::toString).ifPresent(update::setThread);
    updated.messages().forEach(id -> update.addMessages(id.toString()));
    updated.readUpTo().map(Position::value).ifPresent(update::setReadSeq);
    return update.build();
  }

  private static Update.Kind kind(LiveEvent.Kind kind) {
    return switch (kind) {
      case READ -> Update.Kind.READ;
      case MODIFIED -> Update.Kind.MODIFIED;
      case DELIVERY -> Update.Kind.DELIVERY;
      case CONTACT -> Update.Kind.CONTACT;
      case MAILBOX -> Update.Kind.MAILBOX;
    };
  }
}
