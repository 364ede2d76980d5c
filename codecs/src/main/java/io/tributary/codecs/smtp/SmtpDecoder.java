package io.tributary.codecs.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what an SMTP client sends into {@link SmtpFrame}s, one at a time: after a frame, and at the
 * start, it waits for {@link #proceed}. So what stands behind a command is read as a command or as
 * mail data by the answer that the command got, however long that took.
 *
 * <p>It is also where back-pressure meets the connection: with more than {@link #HELD_BYTES_MAX}
 * waiting it stops reading, and while the client does not read what was written to it (the channel
 * is not writable) it hands out no frame, so answers don't pile up either.
 *
 * <p>One per connection, on the connection's event loop.
 */
public final class SmtpDecoder extends ChannelInboundHandlerAdapter {
  /**
   * With the CRLF. RFC 5321 section 4.5.3.1.4 says 512, extensions raise it; four times that is
   * accepted.
   */
  public static final int LINE_OCTETS_MAX = 2_048;

  public static final int CHUNK_BYTES_MAX = 64 * 1024;

  /** More than this unread stops reading; one more read may already be under way. */
  public static final int HELD_BYTES_MAX = 64 * 1024;

  /** What the next octets are. */
  public enum Mode {
    COMMAND,
    DATA
  }

  private final CommandFramer commands = new CommandFramer();
  private @Nullable DataFramer data;
  private @Nullable ChannelHandlerContext context;
  private ByteBuf held = Unpooled.EMPTY_BUFFER;
  private @Nullable Mode wanted;
  private boolean running;
  private boolean reading = true;

  /**
   * Asks for the next frame. May be called while a frame is handed out, and from any thread.
   *
   * @throws IllegalStateException a command is asked for in the middle of mail data
   */
  public void proceed(Mode mode) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      wanted = mode; // not in a pipeline yet, or no longer
    } else if (ctx.executor().inEventLoop()) {
      proceed(ctx, mode);
    } else {
      ctx.executor().execute(() -> proceed(ctx, mode));
    }
  }

  private void proceed(ChannelHandlerContext ctx, Mode mode) {
    if (mode == Mode.COMMAND && data != null) {
      throw new IllegalStateException("mail data is read to its end before a command is");
    }
    wanted = mode;
    if (!running && handOut(ctx)) {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    context = null;
    held.release();
    held = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      held = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), held, bytes);
      var unused = handOut(ctx);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (handOut(ctx)) {
      ctx.fireChannelReadComplete();
    }
    ctx.fireChannelWritabilityChanged();
  }

  /** Hands out frames while they are wanted and there; whether any was. Never enters itself. */
  private boolean handOut(ChannelHandlerContext ctx) {
    if (running) {
      return false;
    }
    running = true;
    boolean any = false;
    try {
      Optional<SmtpFrame> frame = next(ctx);
      while (frame.isPresent()) {
        any = true;
        wanted = null;
        ctx.fireChannelRead(frame.get());
        frame = next(ctx);
      }
    } finally {
      running = false;
    }
    regulate(ctx);
    return any;
  }

  private Optional<SmtpFrame> next(ChannelHandlerContext ctx) {
    if (wanted == null || context == null || !ctx.channel().isWritable()) {
      return Optional.empty();
    }
    return wanted == Mode.DATA ? nextOfData() : commands.next(held);
  }

  private Optional<SmtpFrame> nextOfData() {
    DataFramer framer = data;
    if (framer == null) {
      framer = new DataFramer();
      data = framer;
    }
    Optional<SmtpFrame> frame = framer.next(held);
    if (frame.isPresent() && frame.get() instanceof SmtpFrame.DataEnd) {
      data = null;
    }
    return frame;
  }

  private void regulate(ChannelHandlerContext ctx) {
    if (context == null) {
      return;
    }
    if (held.isReadable()) {
      held.discardSomeReadBytes();
    } else {
      held.release();
      held = Unpooled.EMPTY_BUFFER;
    }
    boolean read = held.readableBytes() <= HELD_BYTES_MAX;
    if (read != reading) {
      reading = read;
      ctx.channel().config().setAutoRead(read);
    }
  }
}
