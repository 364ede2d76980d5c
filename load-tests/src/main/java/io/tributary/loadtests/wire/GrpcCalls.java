package io.tributary.loadtests.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.collection.IntObjectHashMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection (RFC 9113) for unary gRPC calls, of frames only: no streams with a state,
 * no flow control but windows that are wide open. Requests must be small (the server's window is
 * taken for granted), answers may be large.
 */
public final class GrpcCalls {
  private static final int FRAME_HEADER_BYTES = 5; // gRPC: compressed flag, length

  private final Channel channel;
  private final Frames frames;

  private GrpcCalls(Channel channel, Frames frames) {
    this.channel = channel;
    this.frames = frames;
  }

  /** Connects and waits for it. */
  public static GrpcCalls open(ClientLoop loop, InetSocketAddress server) throws IOException {
    Frames frames = new Frames();
    return new GrpcCalls(ClientLoop.await(loop.connect(server, frames)), frames);
  }

  /**
   * A call that is made many times.
   *
   * @param framed the request with gRPC's five bytes before it
   */
  public record Call(Http2Headers headers, byte[] framed) {}

  /**
   * @param path such as {@code /tributary.v1.MailboxService/ListThreads}
   * @param request the message's bytes
   */
  public static Call call(String authority, String path, String token, byte[] request) {
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .authority(authority)
            .path(path)
            .add("content-type", "application/grpc")
            .add("te", "trailers")
            .add("authorization", "Bearer " + token);
    byte[] framed = new byte[FRAME_HEADER_BYTES + request.length];
    Unpooled.wrappedBuffer(framed).setByte(0, 0).setInt(1, request.length);
    System.arraycopy(request, 0, framed, FRAME_HEADER_BYTES, request.length);
    return new Call(headers, framed);
  }

  /**
   * Makes a call.
   *
   * @param ended told on the loop's thread: empty if the status is OK and there was an answer
   */
  public void make(Call call, Consumer<Optional<String>> ended) {
    if (channel.eventLoop().inEventLoop()) {
      frames.begin(call, ended);
    } else {
      channel.eventLoop().execute(() -> frames.begin(call, ended));
    }
  }

  /** Everything on the loop's thread. */
  private static final class Frames extends ByteToMessageDecoder {
    private static final int WINDOW_MAX = Integer.MAX_VALUE;
    private static final int CONNECTION_WINDOW_DEFAULT = 65_535;
    private static final int WINDOW_STEP = 1 << 20;

    private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader(false);
    private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
    private final IntObjectHashMap<Pending> pending = new IntObjectHashMap<>();
    private final Incoming incoming = new Incoming();
    private @Nullable ChannelHandlerContext context;
    private int nextStream = 1;
    private boolean reading;

    /** A call under way. */
    private static final class Pending {
      private final Consumer<Optional<String>> ended;
      private int bytes;

      Pending(Consumer<Optional<String>> ended) {
        this.ended = ended;
      }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
      active.write(Http2CodecUtil.connectionPrefaceBuf());
      writer.writeSettings(
          active,
          new Http2Settings().initialWindowSize(WINDOW_MAX).pushEnabled(false),
          active.newPromise());
      writer.writeWindowUpdate(
          active, 0, WINDOW_MAX - CONNECTION_WINDOW_DEFAULT, active.newPromise());
      active.flush();
    }

    void begin(Call call, Consumer<Optional<String>> ended) {
      ChannelHandlerContext out = Objects.requireNonNull(context, "not connected");
      if (!out.channel().isActive()) {
        ended.accept(Optional.of("connection lost"));
        return;
      }
      int stream = nextStream;
      nextStream += 2;
      pending.put(stream, new Pending(ended));
      writer.writeHeaders(out, stream, call.headers(), 0, false, out.newPromise());
      writer.writeData(
          out, stream, Unpooled.wrappedBuffer(call.framed()), 0, true, out.newPromise());
      if (!reading) {
        out.flush();
      }
    }

    @Override
    protected void decode(ChannelHandlerContext from, ByteBuf in, List<Object> out)
        throws Http2Exception {
      reading = true;
      reader.readFrame(from, in, incoming);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) throws Exception {
      reading = false;
      from.flush(); // what the answers led to goes out together
      super.channelReadComplete(from);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext from) {
      reader.close();
      writer.close();
      List.copyOf(pending.keySet()).forEach(stream -> end(stream, Optional.of("connection lost")));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
      from.close();
    }

    private void end(int stream, Optional<String> problem) {
      Pending call = pending.remove(stream);
      if (call != null) {
        call.ended.accept(problem);
      }
    }

    /** What the server sends. */
    private final class Incoming extends Http2FrameAdapter {
      private int unsaid;

      @Override
      public void onHeadersRead(
          ChannelHandlerContext from,
          int stream,
          Http2Headers headers,
          int dependency,
          short weight,
          boolean exclusive,
          int padding,
          boolean endOfStream) {
        onHeadersRead(from, stream, headers, padding, endOfStream);
      }

      @Override
      public void onHeadersRead(
          ChannelHandlerContext from, int stream, Http2Headers headers, int padding, boolean last) {
        if (last) {
          end(stream, problem(stream, headers));
        }
      }

      private Optional<String> problem(int stream, Http2Headers trailers) {
        CharSequence status = trailers.get("grpc-status");
        if (status == null || !"0".contentEquals(status)) {
          return Optional.of("gRPC status " + status + " " + trailers.get("grpc-message"));
        }
        Pending call = pending.get(stream);
        return call != null && call.bytes >= FRAME_HEADER_BYTES
            ? Optional.empty()
            : Optional.of("OK, and no answer");
      }

      @Override
      public int onDataRead(
          ChannelHandlerContext from, int stream, ByteBuf data, int padding, boolean last) {
        int bytes = data.readableBytes();
        Pending call = pending.get(stream);
        if (call != null) {
          call.bytes += bytes;
        }
        unsaid += bytes + padding;
        if (unsaid >= WINDOW_STEP) {
          writer.writeWindowUpdate(from, 0, unsaid, from.newPromise());
          unsaid = 0;
        }
        return bytes + padding;
      }

      @Override
      public void onSettingsRead(ChannelHandlerContext from, Http2Settings settings) {
        writer.writeSettingsAck(from, from.newPromise());
      }

      @Override
      public void onPingRead(ChannelHandlerContext from, long data) {
        writer.writePing(from, true, data, from.newPromise());
      }

      @Override
      public void onRstStreamRead(ChannelHandlerContext from, int stream, long code) {
        end(stream, Optional.of("stream reset, code " + code));
      }

      @Override
      public void onGoAwayRead(ChannelHandlerContext from, int last, long code, ByteBuf why) {
        from.close();
      }
    }
  }
}
