package io.tributary.simulation;

import io.tributary.channels.LiveFeed;
import io.tributary.channels.live.Follower;
import io.tributary.channels.live.FollowerSink;
import io.tributary.channels.live.LiveSource;
import io.tributary.channels.live.Window;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;
import java.util.Optional;

/**
 * A device's connection to a node, with the real follower at the node's end. What is told keeps its
 * order; when the connection breaks, what is under way is lost.
 */
final class WatchLink implements DeviceLink, FollowerSink {
  private static final long LATENCY_MICROS = 1_000;

  private final World world;
  private final Life server;
  private final Device device;
  private final Follower follower;
  private final int capacity;
  private final long slownessMicros;
  private int underWay;
  private long lastArrival;
  private boolean broken;

  WatchLink(World world, Life server, LiveFeed feed, Device device) {
    this.world = world;
    this.server = server;
    this.device = device;
    boolean slow = world.chance().happens(0.1);
    this.capacity = slow ? world.chance().between(1, 3) : 100;
    this.slownessMicros = slow ? 500 * VirtualTime.MILLISECOND : LATENCY_MICROS;
    Window window = slow ? new Window(world.chance().between(1, 5), 10_000) : Window.DEFAULT;
    LiveSource source = new LiveSource(feed, server, world.chance().random());
    this.follower = new Follower(source, device.user().id(), window, this, signal -> {});
  }

  @Override
  public void open(Optional<Position> since) {
    world.time().after(latency(), () -> server.enter(() -> follower.start(since)));
  }

  @Override
  public void say(Note note) {
    throw new IllegalStateException("it only listens");
  }

  @Override
  public void breakDown() {
    if (!broken) {
      broken = true;
      world.time().after(latency(), () -> server.enter(follower::stop));
      world.time().after(latency(), () -> device.lost(this));
    }
  }

  @Override
  public void began(Position head) {
    tell(() -> device.began(head));
  }

  @Override
  public void happened(LiveEvent event) {
    tell(() -> device.happened(event.position()));
  }

  @Override
  public void head(Position head) {
    tell(() -> device.head(head));
  }

  @Override
  public void missed(Position from, Position to) {
    tell(() -> device.missed(from, to));
  }

  @Override
  public boolean ready() {
    return underWay < capacity;
  }

  private void tell(Runnable news) {
    if (broken || server.ended()) {
      return;
    }
    underWay++;
    lastArrival = Math.max(lastArrival, world.time().nowMicros() + latency());
    world
        .time()
        .after(
            lastArrival - world.time().nowMicros(),
            () -> {
              if (!broken) {
                news.run();
                server.enter(this::drained);
              }
            });
    if (world.weather().losesConnection()) {
      breakDown();
    }
  }

  private void drained() {
    underWay--;
    follower.resume();
  }

  private long latency() {
    return world.chance().latencyMicros(slownessMicros);
  }
}
