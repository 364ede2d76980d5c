package io.tributary.loadtests.drill;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A way from a client to a server that can be shut. While it is, nothing gets through, and neither
 * side is told: packets are lost, as on a cable that was pulled out.
 */
final class Relay implements AutoCloseable {
  private static final int CLOSE_MAX_MILLIS = 5_000;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final InetSocketAddress server;
  private final Supplier<? extends Listener> listeners;
  private final Channel listening;
  private volatile boolean shut;

  /** Hears what the server says over one connection, as it comes. */
  interface Listener {
    void heard(ByteBuf bytes);
  }

  /**
   * Listens on a free port of the loopback interface.
   *
   * @param listeners makes one for each connection
   */
  Relay(InetSocketAddress server, Supplier<? extends Listener> listeners) {
    this.server = server;
    this.listeners = listeners;
    this.listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    accept(client);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** From now on nothing gets through; new connections are made and lead nowhere. */
  void shut() {
    shut = true;
    channels.forEach(channel -> channel.config().setAutoRead(false));
  }

  /** Ends what was stuck; new connections get through again. */
  void open() {
    shut = false;
    channels.close().awaitUninterruptibly();
  }

  private void accept(SocketChannel client) {
    channels.add(client);
    if (shut) {
      return;
    }
    Listener listener = listeners.get();
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .handler(new Half(client, listener))
        .connect(server)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                client.close();
              }
            });
  }

  /** What comes in on one connection goes out on the other. */
  private final class Half extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private final Listener listener;

    Half(Channel other, Listener listener) {
      this.other = other;
      this.listener = listener;
    }

    /** The server's half, which begins with the connection to it. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      if (context.channel().isActive()) {
        start(context.channel());
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channels.add(context.channel());
      other.pipeline().addLast(new Half(context.channel(), bytes -> {}));
      start(context.channel());
    }

    private void start(Channel channel) {
      channel.config().setAutoRead(!shut);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      listener.heard((ByteBuf) message);
      other.writeAndFlush(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      other.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_MAX_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MAX_MILLIS);
  }
}
