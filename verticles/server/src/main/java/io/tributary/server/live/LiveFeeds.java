package io.tributary.server.live;

import io.tributary.channels.LiveFeed;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.Signal;
import io.tributary.discovery.directory.Directory;
import io.tributary.mailbox.MailboxLinks.LiveSink;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.router.MailboxReads;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From the mailboxes to the sessions of this node, over the local event bus: what is published
 * reaches every event loop that has a feed. {@link Neighbours} bring what happens on other nodes.
 * Nothing is published for users without sessions. That is safe because a session first listens and
 * then reads: what was committed before it listened is in what it reads.
 */
public final class LiveFeeds implements LiveSink, Neighbours.Ear {
  private static final String ADDRESS = "live";

  private final Vertx vertx;
  private final Directory directory;
  private final MailboxReads mailboxes;
  private final InstantSource clock;
  private final Neighbours neighbours;
  private final Listening listening = new Listening();
  private final Map<Context, LoopFeed> feeds = new ConcurrentHashMap<>();

  public LiveFeeds(
      Vertx vertx,
      Directory directory,
      MailboxReads mailboxes,
      InstantSource clock,
      Neighbours neighbours) {
    this.vertx = vertx;
    this.directory = directory;
    this.mailboxes = mailboxes;
    this.clock = clock;
    this.neighbours = neighbours;
    neighbours.listen(this);
  }

  /** The feed of the event loop this is called on. */
  public LiveFeed here() {
    Context current = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
    return feeds.computeIfAbsent(((ContextInternal) current).unwrap(), this::open);
  }

  private LoopFeed open(Context loop) {
    LoopFeed feed =
        new LoopFeed(
            new LoopFeed.Reading(directory, mailboxes, ContextScheduler.of(loop, clock)),
            listening,
            this::tell);
    vertx.eventBus().<Object>localConsumer(ADDRESS, message -> feed.receive(message.body()));
    return feed;
  }

  @Override
  public void committed(LiveBatch batch) {
    heard(batch);
    neighbours.committed(batch);
  }

  private void tell(Signal signal) {
    heard(signal);
    neighbours.signalled(signal);
  }

  @Override
  public boolean heard(LiveBatch batch) {
    boolean wanted = listening.to(batch.user());
    if (wanted) {
      publish(batch);
    }
    return wanted;
  }

  @Override
  public void heard(Signal signal) {
    if (listening.to(signal.to())) {
      publish(signal);
    }
  }

  private void publish(Object news) {
    vertx.eventBus().publish(ADDRESS, news, ByReferenceCodec.options());
  }
}
