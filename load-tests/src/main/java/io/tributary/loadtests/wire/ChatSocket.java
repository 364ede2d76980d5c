package io.tributary.loadtests.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A chat client's WebSocket (RFC 6455), without compression. Says hello as soon as it can; pings
 * are answered by themselves.
 */
public final class ChatSocket {
  private static final int FRAME_BYTES_MAX = 1 << 20;
  private static final int HANDSHAKE_BYTES_MAX = 16_384;

  private final Channel channel;

  private ChatSocket(Channel channel) {
    this.channel = channel;
  }

  /** What comes over a socket. Called on the loop's thread. */
  public interface Ear {
    /** Each frame of the server, {@code welcome} first. */
    void heard(ServerFrame frame);

    /** Once: there will be no further frame. */
    void lost(String why);
  }

  /**
   * Whose socket it is.
   *
   * @param since position to go on from; empty: live only
   */
  public record Device(String token, String name, Optional<String> since) {
    private String hello() {
      return Frames.hello(token, name, since);
    }
  }

  /** Begins to connect; {@code welcome} tells that it is there. */
  public static ChatSocket open(ClientLoop loop, InetSocketAddress server, Device device, Ear ear) {
    Channel channel =
        loop.connect(
                server,
                new HttpClientCodec(),
                new HttpObjectAggregator(HANDSHAKE_BYTES_MAX),
                new WebSocketClientProtocolHandler(protocol(server)),
                new Listener(device, ear))
            .addListener(
                connected -> {
                  if (!connected.isSuccess()) {
                    ear.lost("not connected: " + connected.cause());
                  }
                })
            .channel();
    return new ChatSocket(channel);
  }

  private static WebSocketClientProtocolConfig protocol(InetSocketAddress server) {
    return WebSocketClientProtocolConfig.newBuilder()
        .webSocketUri(
            URI.create("ws://" + server.getHostString() + ":" + server.getPort() + Frames.PATH))
        .subprotocol(Frames.SUBPROTOCOL)
        .version(WebSocketVersion.V13)
        .customHeaders(new DefaultHttpHeaders())
        .maxFramePayloadLength(FRAME_BYTES_MAX)
        .withUTF8Validator(false)
        .handleCloseFrames(false)
        .build();
  }

  /** A frame; lost with the socket. */
  public void send(String frame) {
    channel.writeAndFlush(new TextWebSocketFrame(frame));
  }

  public void close() {
    channel.close();
  }

  private static final class Listener extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final Device device;
    private final Ear ear;
    private final AtomicBoolean ended = new AtomicBoolean();
    private boolean connected;

    Listener(Device device, Ear ear) {
      this.device = device;
      this.ear = ear;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        context.writeAndFlush(new TextWebSocketFrame(device.hello()));
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      connected = true;
      context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      if (frame instanceof TextWebSocketFrame text) {
        ear.heard(ServerFrame.parse(text.text()));
      } else if (frame instanceof CloseWebSocketFrame close) {
        end(context, "closed by the server: " + close.statusCode() + " " + close.reasonText());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (connected) {
        end(context, "connection lost");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end(context, cause.toString());
    }

    private void end(ChannelHandlerContext context, String why) {
      if (ended.compareAndSet(false, true)) {
        ear.lost(why);
      }
      context.close();
    }
  }
}
