package org.hbase.async;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.netty.channel.ChannelPipeline;
import org.jboss.netty.channel.group.ChannelGroup;
import org.jboss.netty.channel.group.DefaultChannelGroup;
import org.jboss.netty.channel.socket.ClientSocketChannelFactory;
import org.jboss.netty.channel.socket.SocketChannel;
import org.jboss.netty.channel.socket.nio.NioClientSocketChannelFactory;

/** The sockets of one client, which can be closed all at once and then opens no more. */
final class DisposableSockets implements ClientSocketChannelFactory {

  private static final int WORKERS = 2;
  private static final long CLOSE_MILLIS = 1_000;
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final ChannelGroup open = new DefaultChannelGroup();
  private final ClientSocketChannelFactory sockets;
  private volatile boolean disposed;

  DisposableSockets() {
    ExecutorService threads = Executors.newCachedThreadPool(DisposableSockets::thread);
    sockets = new NioClientSocketChannelFactory(threads, threads, WORKERS);
  }

  boolean areDisposed() {
    return disposed;
  }

  @Override
  public SocketChannel newChannel(ChannelPipeline pipeline) {
    if (disposed) {
      throw new IllegalStateException("the client was replaced");
    }
    SocketChannel channel = sockets.newChannel(pipeline);
    open.add(channel);
    return channel;
  }

  /** Closes what is open, and refuses to open more. */
  void dispose() {
    disposed = true;
    open.close().awaitUninterruptibly(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void shutdown() {
    sockets.shutdown();
  }

  @Override
  public void releaseExternalResources() {
    sockets.releaseExternalResources();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "hbase-io-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
