package io.tributary.server.chat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves pings unanswered while the client does not read (RFC 6455 section 5.5.3 lets a server
 * answer the latest only). Vert.x answers each at once, even where nothing is read from the socket,
 * so the answers to a client that only asks would pile up here.
 */
final class PingLimit extends ChannelInboundHandlerAdapter {
  private static final String NAME = "pingLimit";
  private static final String VERTX_HANDLER = "handler";

  private PingLimit() {}

  /** To be called on the channel's event loop. */
  static void install(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(VERTX_HANDLER) != null) {
      pipeline.addBefore(VERTX_HANDLER, NAME, new PingLimit());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof PingWebSocketFrame && !context.channel().isWritable()) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }
}
