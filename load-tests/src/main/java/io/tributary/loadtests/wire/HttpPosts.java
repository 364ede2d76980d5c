package io.tributary.loadtests.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One kept HTTP/1.1 connection (RFC 9112) that carries one request at a time. Understands answers
 * without a body and with a {@code Content-Length}, which is how a webhook is answered.
 */
public final class HttpPosts {
  /** The status of a request that got no answer, because the connection ended. */
  public static final int LOST = 0;

  private final Answers answers;
  private final Channel channel;

  private HttpPosts(Channel channel, Answers answers) {
    this.channel = channel;
    this.answers = answers;
  }

  /** Connects and waits for it. */
  public static HttpPosts open(ClientLoop loop, InetSocketAddress server) throws IOException {
    Answers answers = new Answers();
    return new HttpPosts(ClientLoop.await(loop.connect(server, answers)), answers);
  }

  /**
   * Sends a request. Only after the one before was answered.
   *
   * @param request the whole of it, as it goes over the wire
   * @param answered gets the status, or {@link #LOST}, on the loop's thread
   */
  public void post(byte[] request, IntConsumer answered) {
    answers.expect(answered);
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(request))
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                answers.give(LOST);
              }
            });
  }

  public void close() {
    channel.close();
  }

  /** Reads answers. Runs on the loop's thread, but for {@link #expect}. */
  static final class Answers extends ByteToMessageDecoder {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES_MAX = 16_384;
    private static final int STATUS_OFFSET = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final Pattern LENGTH =
        Pattern.compile("\r\ncontent-length: *(\\d{1,9})\r\n", Pattern.CASE_INSENSITIVE);

    private volatile @Nullable IntConsumer expected;

    void expect(IntConsumer answered) {
      expected = answered;
    }

    void give(int status) {
      IntConsumer answered = expected;
      expected = null;
      if (answered != null) {
        answered.accept(status);
      }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      answer(in).ifPresent(this::give);
    }

    /** Takes one answer off, if all of it is there. */
    static Optional<Integer> answer(ByteBuf in) {
      int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(HEAD_END), in);
      if (end < 0) {
        if (in.readableBytes() > HEAD_BYTES_MAX) {
          throw new IllegalStateException("a head of more than " + HEAD_BYTES_MAX + " bytes");
        }
        return Optional.empty();
      }
      int headBytes = end - in.readerIndex() + HEAD_END.length;
      String head = in.toString(in.readerIndex(), headBytes, StandardCharsets.US_ASCII);
      int bytes = headBytes + bodyBytes(head);
      if (in.readableBytes() < bytes) {
        return Optional.empty();
      }
      in.skipBytes(bytes);
      return Optional.of(
          Integer.parseInt(head.substring(STATUS_OFFSET, STATUS_OFFSET + STATUS_DIGITS)));
    }

    private static int bodyBytes(String head) {
      Matcher length = LENGTH.matcher(head);
      return length.find() ? Integer.parseInt(Objects.requireNonNull(length.group(1))) : 0;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
      give(LOST);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
