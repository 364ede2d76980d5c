package io.tributary.channels.live.testing;

import io.tributary.channels.live.FollowerSink;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told, in order, as short lines. */
public final class RecordingSink implements FollowerSink {
  private final List<String> lines = new ArrayList<>();
  private final List<LiveEvent> events = new ArrayList<>();
  private boolean ready = true;
  private int room = Integer.MAX_VALUE;

  /** All that was told. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Forgets the lines. */
  public List<String> takeLines() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  public List<LiveEvent> events() {
    return List.copyOf(events);
  }

  public void ready(boolean ready) {
    this.ready = ready;
  }

  /** Takes so many events, then is not ready. */
  public void room(int events) {
    this.room = events;
  }

  @Override
  public void began(Position head) {
    lines.add("began " + head);
  }

  @Override
  public void happened(LiveEvent event) {
    check();
    room--;
    events.add(event);
    lines.add("event " + event.position());
  }

  @Override
  public void head(Position head) {
    check();
    lines.add("head " + head);
  }

  @Override
  public void missed(Position from, Position to) {
    check();
    lines.add("missed " + from + " " + to);
  }

  @Override
  public boolean ready() {
    return ready && room > 0;
  }

  private void check() {
    if (!ready()) {
      throw new AssertionError("told while not ready");
    }
  }
}
