package io.tributary.simulation;

import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatSession;
import io.tributary.channels.chat.ChatTransport;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.chat.ServerFrameParser;
import io.tributary.codecs.message.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A device's WebSocket with the real chat session at the node's end, frame by frame. Frames keep
 * their order; when it breaks, what is under way is lost.
 */
final class ChatLink implements DeviceLink {
  private static final long LATENCY_MICROS = 1_000;

  private final World world;
  private final Life server;
  private final Device device;
  private final ChatSession session;
  private final int capacity;
  private final long slownessMicros;
  private final Deque<String> held = new ArrayDeque<>();
  private long lastToServer;
  private long lastToDevice;
  private int underWay;
  private boolean paused;
  private boolean broken;

  ChatLink(World world, Life server, ChatHost host, Device device) {
    this.world = world;
    this.server = server;
    this.device = device;
    boolean slow = world.chance().happens(0.1);
    this.capacity = slow ? world.chance().between(1, 3) : 100;
    this.slownessMicros = slow ? 300 * VirtualTime.MILLISECOND : LATENCY_MICROS;
    this.session = new ChatSession(host, new Transport());
    atServer(session::open);
  }

  @Override
  public void open(Optional<Position> since) {
    String from = since.map(position -> ",\"since\":\"" + position + "\"").orElse("");
    toServer(
        "{\"type\":\"hello\",\"token\":\"%s\",\"device\":\"%s\"%s}"
            .formatted(device.user().name(), device.name(), from));
  }

  @Override
  public void say(Note note) {
    String to = String.join("\",\"", note.addresses().stream().map(Address::toString).toList());
    toServer(
        "{\"type\":\"send\",\"id\":\"%s\",\"to\":[\"%s\"],\"text\":\"%s\"}"
            .formatted(note.client().id(), to, note.text()));
  }

  @Override
  public void breakDown() {
    if (!broken) {
      broken = true;
      world.time().after(latency(), () -> server.enter(session::closed));
      world.time().after(latency(), () -> device.lost(this));
    }
  }

  private void toServer(String text) {
    atServer(() -> receive(text));
    if (world.weather().losesConnection()) {
      breakDown();
    }
  }

  private void receive(String text) {
    if (paused) {
      held.addLast(text);
    } else {
      session.receive(text);
    }
  }

  private void atServer(Runnable action) {
    lastToServer = Math.max(lastToServer, world.time().nowMicros() + latency());
    world
        .time()
        .after(
            lastToServer - world.time().nowMicros(),
            () ->
                server.enter(
                    () -> {
                      if (!broken) {
                        action.run();
                      }
                    }));
  }

  private void atDevice(Runnable action) {
    if (broken || server.ended()) {
      return;
    }
    lastToDevice = Math.max(lastToDevice, world.time().nowMicros() + latency());
    world
        .time()
        .after(
            lastToDevice - world.time().nowMicros(),
            () -> {
              if (!broken) {
                action.run();
              }
            });
    if (world.weather().losesConnection()) {
      breakDown();
    }
  }

  private void hear(String text) {
    Optional<ServerFrame> heard = ServerFrameParser.parse(text);
    if (heard.isEmpty()) {
      world.violation(device + " can't read " + text);
      return;
    }
    ServerFrame frame = heard.get();
    if (frame instanceof ServerFrame.Welcome welcome) {
      device.began(welcome.seq());
    } else if (frame instanceof ServerFrame.Message message) {
      device.happened(message.message().position());
    } else if (frame instanceof ServerFrame.Update update) {
      device.happened(update.seq());
    } else if (frame instanceof ServerFrame.Sent sent) {
      device.sent(sent.id(), sent.seq());
    } else if (frame instanceof ServerFrame.Head head) {
      device.head(head.seq());
    } else if (frame instanceof ServerFrame.Gap gap) {
      device.missed(gap.from(), gap.to());
    } else if (frame instanceof ServerFrame.Error error) {
      device.failed(error.id(), error.code(), error.retry());
    }
  }

  private long latency() {
    return world.chance().latencyMicros(slownessMicros);
  }

  private final class Transport implements ChatTransport {
    @Override
    public void write(String text) {
      underWay++;
      atDevice(
          () -> {
            hear(text);
            server.enter(
                () -> {
                  underWay--;
                  session.drained();
                });
          });
    }

    @Override
    public boolean isWritable() {
      return underWay < capacity;
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void proceed() {
      paused = false;
      while (!paused && !held.isEmpty()) {
        session.receive(held.removeFirst());
      }
    }

    @Override
    public void ping() {
      atDevice(() -> atServer(session::pong));
    }

    @Override
    public void close(int code, String reason) {
      world.trace().note(device + " is sent away: " + reason);
      atDevice(ChatLink.this::breakDown);
    }

    @Override
    public void abort() {
      world.trace().note(device + " is dropped");
      breakDown();
    }
  }
}
