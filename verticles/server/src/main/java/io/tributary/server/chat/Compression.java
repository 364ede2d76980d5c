package io.tributary.server.chat;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.tributary.codecs.chat.ClientFrames;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compression of messages (RFC 7692) that keeps nothing between two messages, whatever the client
 * offers, so that idle sockets stay small; that leaves short messages alone; and that inflates to
 * no more than a frame may have.
 */
final class Compression {
  private static final String VERTX_EXTENSIONS = "webSocketExtensionHandler";
  private static final int FASTEST = 1;
  private static final int WINDOW_BITS = 15;
  private static final int WORTHWHILE_BYTES = 1_024;

  private static final PerMessageDeflateServerExtensionHandshaker HANDSHAKER =
      new PerMessageDeflateServerExtensionHandshaker(
          FASTEST,
          ZlibCodecFactory.isSupportingWindowSizeAndMemLevel(),
          WINDOW_BITS,
          true,
          true,
          new LongMessages(),
          ClientFrames.FRAME_MAX);

  private Compression() {}

  /** In place of Vert.x's, which keeps contexts and inflates without bound. */
  static void offer(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (pipeline.get(VERTX_EXTENSIONS) != null) {
      pipeline.replace(
          VERTX_EXTENSIONS,
          VERTX_EXTENSIONS,
          new WebSocketServerExtensionHandler(Compression::handshake));
    }
  }

  /** A server may ask for both, though the client did not offer it (RFC 7692 section 7.1.1). */
  private static @Nullable WebSocketServerExtension handshake(WebSocketExtensionData offered) {
    Map<String, @Nullable String> parameters = new HashMap<>(offered.parameters());
    parameters.put("server_no_context_takeover", null);
    parameters.put("client_no_context_takeover", null);
    return HANDSHAKER.handshakeExtension(new WebSocketExtensionData(offered.name(), parameters));
  }

  private static final class LongMessages implements WebSocketExtensionFilterProvider {
    @Override
    public WebSocketExtensionFilter encoderFilter() {
      return (WebSocketFrame frame) -> frame.content().readableBytes() < WORTHWHILE_BYTES;
    }

    @Override
    public WebSocketExtensionFilter decoderFilter() {
      return WebSocketExtensionFilter.NEVER_SKIP;
    }
  }
}
