package io.tributary.simulation;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpSession;
import io.tributary.channels.smtp.SmtpTransport;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.tributary.codecs.smtp.SmtpFrame;
import java.nio.charset.StandardCharsets;

/**
 * A TCP connection with the real decoder and session at its server's end. Bytes keep their order
 * and are cut anywhere; when it breaks, what is under way is lost and each end hears of it in its
 * own time.
 */
final class SimulatedConnection {
  private static final long LATENCY_MICROS = 1_000;

  private final World world;
  private final Life server;
  private final SmtpClient client;
  private final SmtpDecoder decoder = new SmtpDecoder();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private long lastToServer;
  private long lastToClient;
  private boolean broken;

  SimulatedConnection(World world, Life server, SmtpHost host, SmtpClient client) {
    this.world = world;
    this.server = server;
    this.client = client;
    SmtpSession session = new SmtpSession(host, new Transport(), "192.0.2.1");
    channel.pipeline().addLast(decoder, new Frames(session));
    world.time().after(latency(), () -> server.enter(session::open));
  }

  /** As the client; each character is one octet. */
  void send(String latin1) {
    int from = 0;
    while (from < latin1.length() && !broken) {
      int most = world.chance().happens(0.3) ? 20 : 20_000;
      int to = Math.min(latin1.length(), from + world.chance().between(1, most));
      byte[] octets = latin1.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
      lastToServer = arrival(lastToServer);
      at(lastToServer, () -> server.enter(() -> feed(octets)));
      from = to;
      if (world.weather().losesConnection()) {
        breakDown();
      }
    }
  }

  /** The client goes. */
  void hangUp() {
    broken = true;
    world.time().after(latency(), () -> server.enter(channel::close));
  }

  void breakDown() {
    if (!broken) {
      world.trace().note("connection breaks");
      broken = true;
      world.time().after(latency(), () -> server.enter(channel::close));
      world.time().after(latency(), () -> client.lost(this));
    }
  }

  private void feed(byte[] octets) {
    if (channel.isOpen() && !broken) {
      channel.writeInbound((Object) Unpooled.wrappedBuffer(octets));
      channel.runPendingTasks();
    }
  }

  private long arrival(long last) {
    return Math.max(last, world.time().nowMicros() + latency());
  }

  private void at(long micros, Runnable action) {
    world.time().after(micros - world.time().nowMicros(), action);
  }

  private long latency() {
    return world.chance().latencyMicros(LATENCY_MICROS);
  }

  private final class Transport implements SmtpTransport {
    @Override
    public void write(Bytes bytes) {
      String text = new String(bytes.unsafeArray(), StandardCharsets.ISO_8859_1);
      lastToClient = arrival(lastToClient);
      at(
          lastToClient,
          () -> {
            if (!broken) {
              client.receive(SimulatedConnection.this, text);
            }
          });
      if (world.weather().losesConnection()) {
        breakDown();
      }
    }

    @Override
    public void proceed(SmtpDecoder.Mode mode) {
      decoder.proceed(mode);
    }

    @Override
    public void close() {
      channel.close();
      at(arrival(lastToClient), () -> client.lost(SimulatedConnection.this));
    }

    @Override
    public void abort() {
      breakDown();
    }
  }

  private static final class Frames extends ChannelInboundHandlerAdapter {
    private final SmtpSession session;

    Frames(SmtpSession session) {
      this.session = session;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      session.receive((SmtpFrame) frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      session.closed();
    }
  }
}
