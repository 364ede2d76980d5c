package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.DeliverOutcome;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxShard;
import io.tributary.server.mailbox.MailboxBus;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.MailboxVerticle;
import io.tributary.storage.AppendResult;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.InMemoryOwedMarkers;
import io.tributary.storage.InMemorySnapshotStore;
import io.tributary.storage.LogId;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A real shard on a log in memory, at {@code mailbox.0}; all mailboxes are on it. */
public final class RealMailboxes {
  private final InMemoryActionLog log = new InMemoryActionLog();
  private final Stamps stamps = new Stamps(Incarnation.draw(new SplittableRandom(1)));
  private final MailboxBus bus;

  /** Deploys it; {@link ApiFixture} has registered the codec by then. */
  public RealMailboxes(Vertx vertx) {
    bus = new MailboxBus(vertx.eventBus(), 1, Duration.ofSeconds(20));
    vertx
        .deployVerticle(
            new MailboxVerticle(
                0,
                InstantSource.system(),
                scheduler ->
                    new MailboxShard(
                        new MailboxLinks(
                            log,
                            new InMemorySnapshotStore(),
                            new InMemoryOwedMarkers(),
                            this::carry,
                            batch -> {}),
                        new MailboxEnvironment(
                            scheduler, InstantSource.system(), stamps, new SplittableRandom(2)),
                        MailboxLimits.DEFAULT,
                        MailboxObserver.NONE)))
        .await();
  }

  private Single<MailboxLinks.Carried> carry(Delivery copy) {
    return bus.ask(copy.recipient().user(), new MailboxRequest.Deliver(copy))
        .map(
            outcome ->
                outcome instanceof DeliverOutcome.Stored
                        || outcome instanceof DeliverOutcome.Duplicate
                    ? new MailboxLinks.Carried.Delivered()
                    : new MailboxLinks.Carried.Retry("not now"));
  }

  public void open(UserAccount user) {
    Stamp stamp = stamps.next();
    Action opened = new Action.Opened(1, "c1", user.name(), user.addresses());
    Entry first =
        new Entry(
            stamp, List.of(new RecordedAction(1, Optional.empty(), opened, Optional.empty())));
    FrozenEntry frozen =
        new FrozenEntry(new LogId(user.id(), 1), 1, stamp, Bytes.ofOwned(EntryCodec.encode(first)));
    if (!(log.append(frozen).blockingGet() instanceof AppendResult.Appended)) {
      throw new IllegalStateException("not opened");
    }
  }

  /** A mail from somebody outside. */
  public DeliverOutcome.Stored deliver(UserAccount user, String from, String text) {
    Address author = Address.parse("email:" + from);
    Address to = user.addresses().get(1);
    Delivery delivery =
        new Delivery(
            new Recipient(user.id(), 1, to),
            Optional.empty(),
            new Envelope(
                Channel.EMAIL,
                new Author(author, "", Author.Standing.OUTSIDE),
                List.of(to),
                from,
                1),
            new Content("subject", text, List.of(), Bytes.ofUtf8(text), References.NONE));
    return (DeliverOutcome.Stored)
        bus.ask(user.id(), new MailboxRequest.Deliver(delivery)).blockingGet();
  }
}
