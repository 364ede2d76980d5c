package io.tributary.loadtests.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The one thread that all connections of a client run on. */
public final class ClientLoop implements AutoCloseable {
  private static final int CONNECT_MAX_MILLIS = 10_000;

  private final EventLoopGroup group;
  private final Class<? extends SocketChannel> channel;

  private ClientLoop(IoHandlerFactory handlers, Class<? extends SocketChannel> channel) {
    this.group = new MultiThreadIoEventLoopGroup(1, handlers);
    this.channel = channel;
  }

  /** With epoll where there is one. */
  public static ClientLoop open() {
    return Epoll.isAvailable()
        ? new ClientLoop(EpollIoHandler.newFactory(), EpollSocketChannel.class)
        : new ClientLoop(NioIoHandler.newFactory(), NioSocketChannel.class);
  }

  /** Begins to connect. */
  ChannelFuture connect(InetSocketAddress server, ChannelHandler... handlers) {
    return new Bootstrap()
        .group(group)
        .channel(channel)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MAX_MILLIS)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connected) {
                connected.pipeline().addLast(handlers);
              }
            })
        .connect(server);
  }

  /** Waits until it is connected. */
  static Channel await(ChannelFuture connecting) throws IOException {
    connecting.awaitUninterruptibly();
    if (!connecting.isSuccess()) {
      throw new IOException("not connected", connecting.cause());
    }
    return connecting.channel();
  }

  /** Runs something on the loop's thread, in a while; not if the loop ends before. */
  public void later(Duration delay, Runnable task) {
    if (group.isShuttingDown()) {
      return;
    }
    group.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    group
        .shutdownGracefully(0, CONNECT_MAX_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CONNECT_MAX_MILLIS);
  }
}
