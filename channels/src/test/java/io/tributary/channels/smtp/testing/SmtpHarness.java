package io.tributary.channels.smtp.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
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
 * One connection: the real session behind the real decoder in an embedded channel. Feed it bytes as
 * a client, read the replies. Single-threaded.
 */
public final class SmtpHarness {
  private final SmtpDecoder decoder = new SmtpDecoder();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SmtpSession session;
  private final Runnable settle;
  private boolean stuck;
  private boolean aborted;

  /**
   * Connects.
   *
   * @param settle called after each input: lets whatever is due at once happen on the session's
   *     scheduler
   */
  public SmtpHarness(SmtpHost host, Runnable settle) {
    this.settle = settle;
    this.session = new SmtpSession(host, new Transport(), "192.0.2.1");
    // heap without leak detection: a simulation drops connections in the middle
    channel.config().setAllocator(new UnpooledByteBufAllocator(false, true));
    channel.pipeline().addLast(decoder, new Frames());
    session.open();
    settle.run();
  }

  /** As one read; each character is one octet. */
  public SmtpHarness send(String latin1) {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public SmtpHarness send(byte[] octets) {
    if (channel.isOpen()) {
      channel.writeInbound((Object) Unpooled.copiedBuffer(octets));
    }
    settle.run();
    channel.runPendingTasks();
    return this;
  }

  /** All that was written since the last call, with CRLFs. */
  public String replies() {
    StringBuilder replies = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      replies.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    return replies.toString();
  }

  /** Sends, and gives what was written meanwhile and before. */
  public String ask(String latin1) {
    return send(latin1).replies();
  }

  /** The client goes without a word. */
  public void hangUp() {
    channel.close();
    settle.run();
  }

  /** From now on the client reads nothing, so that closing can't finish. */
  public SmtpHarness stopReading() {
    stuck = true;
    return this;
  }

  public boolean isClosed() {
    return !channel.isOpen();
  }

  public boolean isAborted() {
    return aborted;
  }

  public SmtpSession session() {
    return session;
  }

  private final class Transport implements SmtpTransport {
    @Override
    public void write(Bytes bytes) {
      channel.writeOutbound(Unpooled.copiedBuffer(bytes.unsafeArray()));
    }

    @Override
    public void proceed(SmtpDecoder.Mode mode) {
      decoder.proceed(mode);
    }

    @Override
    public void close() {
      if (!stuck) {
        channel.close();
      }
    }

    @Override
    public void abort() {
      aborted = true;
      channel.close();
    }
  }

  private final class Frames extends ChannelInboundHandlerAdapter {
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
