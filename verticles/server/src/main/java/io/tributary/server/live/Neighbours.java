package io.tributary.server.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import io.reactivex.rxjava3.core.Completable;
import io.tributary.cell.v1.LiveNews;
import io.tributary.codecs.cell.NewsValues;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.live.LiveBatch;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import io.tributary.server.cell.CellClient;
import io.tributary.server.cell.Interest;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.OwnAddress;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.eventloop.RxFutures;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * News between nodes: in the cell over the clustered event bus, to those of other cells by gRPC.
 * Any of it may be lost: a node that does not keep up is told less, and its sessions read what they
 * miss. Safe for any thread.
 *
 * <p>A node is named by its id in its own cell, by the address of its cell port elsewhere.
 */
public final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
  private static final String ADDRESS = "live.";

  /** What may be on its way to one node. */
  private static final long UNSENT_BYTES_MAX = 8L << 20;

  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final int RENEWED_MAX = 200_000;

  private final EventBus bus;
  private final Abroad abroad;
  private final String self;
  private final Mailboxes mailboxes;
  private final Interest interest;
  private final Map<String, AtomicLong> unsentBytes = new ConcurrentHashMap<>();
  private final Cache<UserId, Boolean> renewed =
      Caffeine.newBuilder().expireAfterWrite(RENEWAL).maximumSize(RENEWED_MAX).build();

  /**
   * @param self this node's id
   * @param interest which nodes have sessions of this node's mailboxes
   */
  public Neighbours(
      EventBus bus, Abroad abroad, String self, Mailboxes mailboxes, Interest interest) {
    this.bus = bus;
    this.abroad = abroad;
    this.self = self;
    this.mailboxes = mailboxes;
    this.interest = interest;
  }

  /**
   * The nodes of other cells.
   *
   * @param incoming what they tell this one: hears whoever is put there
   */
  public record Abroad(CellClient nodes, OwnAddress self, Incoming incoming) {}

  /** Where news from other cells arrive, before and after someone listens. */
  public static final class Incoming implements Consumer<LiveNews> {
    private volatile Consumer<LiveNews> ear = news -> {};

    @Override
    public void accept(LiveNews news) {
      ear.accept(news);
    }
  }

  /** What this node is told. */
  interface Ear {
    /** Whether sessions of the user here took it. */
    boolean heard(LiveBatch batch);

    void heard(Signal signal);
  }

  /** Listens to the other nodes from now on. */
  void listen(Ear ear) {
    bus.<Buffer>consumer(ADDRESS + self, message -> receive(message.body(), ear));
    abroad.incoming().ear = news -> hear(news, ear);
  }

  /** Something was committed in a mailbox of this node: tells the nodes that have sessions. */
  void committed(LiveBatch batch) {
    List<String> nodes = interest.nodes(batch.user());
    if (nodes.isEmpty()) {
      return;
    }
    Position after = batch.after();
    for (LiveEvent event : batch.events()) {
      after = tell(nodes, new LiveBatch(batch.user(), after, event.position(), List.of(event)));
    }
    if (after.compareTo(batch.head()) < 0) {
      tell(nodes, new LiveBatch(batch.user(), after, batch.head(), List.of()));
    }
  }

  private Position tell(List<String> nodes, LiveBatch part) {
    LiveNews news = news().setBatch(NewsValues.write(part)).build();
    nodes.forEach(node -> send(node, news));
    return part.head();
  }

  /** A session here tells another user something, wherever that one's sessions are. */
  void signalled(Signal signal) {
    Route route = mailboxes.routeTo(signal.to());
    if (route instanceof Route.There there) {
      send(mailboxes.nameOf(there), news(signal).setRelay(true).build());
    } else if (route instanceof Route.Here) {
      pass(signal, self);
    }
  }

  /** To all nodes that have sessions of the user, but to the one it came from. */
  private void pass(Signal signal, String from) {
    List<String> nodes = interest.nodes(signal.to());
    if (!nodes.isEmpty()) {
      LiveNews news = news(signal).build();
      nodes.stream().filter(node -> !node.equals(from)).forEach(node -> send(node, news));
    }
  }

  private LiveNews.Builder news() {
    return LiveNews.newBuilder().setFrom(self);
  }

  private LiveNews.Builder news(Signal signal) {
    return signal instanceof Signal.Typing typing
        ? news().setTyping(NewsValues.write(typing))
        : news().setPresence(NewsValues.write((Signal.Presence) signal));
  }

  private void send(String node, LiveNews news) {
    int bytes = news.getSerializedSize();
    AtomicLong unsent = unsentBytes.computeIfAbsent(node, first -> new AtomicLong());
    if (unsent.addAndGet(bytes) > UNSENT_BYTES_MAX) {
      unsent.addAndGet(-bytes);
      return;
    }
    var unused =
        write(node, news)
            .subscribe(() -> unsent.addAndGet(-bytes), lost -> unsent.addAndGet(-bytes));
  }

  private Completable write(String node, LiveNews news) {
    return OwnAddress.read(node)
        .map(
            address -> abroad.nodes().tell(address, news.toBuilder().setFrom(ownAddress()).build()))
        .orElseGet(
            () ->
                RxFutures.completable(
                    () ->
                        bus.<Buffer>sender(ADDRESS + node)
                            .write(Buffer.buffer(news.toByteArray()))));
  }

  private String ownAddress() {
    return abroad.self().toString();
  }

  private void receive(Buffer body, Ear ear) {
    try {
      hear(LiveNews.parseFrom(body.getBytes()), ear);
    } catch (InvalidProtocolBufferException | IllegalArgumentException newer) {
      LOG.debug("event=live.not_understood", newer);
    }
  }

  private void hear(LiveNews news, Ear ear) {
    switch (news.getNewsCase()) {
      case BATCH -> hear(NewsValues.read(news.getBatch()), news.getFrom(), ear);
      case TYPING -> hear(news, NewsValues.read(news.getTyping()), ear::heard);
      case PRESENCE -> hear(news, NewsValues.read(news.getPresence()), ear::heard);
      case LISTENING -> interest.noted(new UserId(news.getListening()), news.getFrom());
      case NEWS_NOT_SET -> LOG.debug("event=live.not_understood");
    }
  }

  /** Sessions that hear enough never read: this tells the mailbox's node that they are there. */
  private void hear(LiveBatch batch, String from, Ear ear) {
    if (ear.heard(batch) && renewed.asMap().putIfAbsent(batch.user(), Boolean.TRUE) == null) {
      send(from, news().setListening(batch.user().value()).build());
    }
  }

  private void hear(LiveNews news, Signal signal, Consumer<Signal> ear) {
    ear.accept(signal);
    if (news.getRelay() && mailboxes.servedHere(signal.to())) {
      pass(signal, news.getFrom());
    }
  }
}
