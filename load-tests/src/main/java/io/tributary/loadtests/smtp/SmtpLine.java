package io.tributary.loadtests.smtp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.smtp.SmtpRequestEncoder;
import io.netty.handler.codec.smtp.SmtpResponseDecoder;
import io.tributary.loadtests.Mail;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One virtual user's line to the server: a connection that is made when it is needed and made anew
 * when it was lost. Owned by the user's event loop.
 */
final class SmtpLine {
  private static final int REPLY_LINE_BYTES_MAX = 4_096;
  private static final int CONNECT_MAX_MILLIS = 5_000;

  private final EventLoop eventLoop;
  private final ChannelFactory<? extends Channel> channels;
  private final InetSocketAddress server;
  private Optional<Channel> open = Optional.empty();

  SmtpLine(
      EventLoop eventLoop, ChannelFactory<? extends Channel> channels, InetSocketAddress server) {
    this.eventLoop = eventLoop;
    this.channels = channels;
    this.server = server;
  }

  /**
   * @param done is told once, on the event loop
   */
  void send(Mail mail, Consumer<Outcome> done) {
    Optional<Channel> usable = open.filter(Channel::isActive);
    if (usable.isPresent()) {
      send(usable.get(), mail, done);
    } else {
      connect().addListener((ChannelFuture connected) -> connected(connected, mail, done));
    }
  }

  private ChannelFuture connect() {
    return new Bootstrap()
        .group(eventLoop)
        .channelFactory(channels)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MAX_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new SmtpResponseDecoder(REPLY_LINE_BYTES_MAX))
                    .addLast(new SmtpRequestEncoder())
                    .addLast(new SmtpClientHandler());
              }
            })
        .connect(server);
  }

  private void connected(ChannelFuture connected, Mail mail, Consumer<Outcome> done) {
    if (connected.isSuccess()) {
      open = Optional.of(connected.channel());
      send(connected.channel(), mail, done);
    } else {
      done.accept(new Outcome.Unknown("no connection"));
    }
  }

  private static void send(Channel channel, Mail mail, Consumer<Outcome> done) {
    SmtpClientHandler handler = channel.pipeline().get(SmtpClientHandler.class);
    if (handler == null) {
      done.accept(new Outcome.Unknown("the connection is closed"));
    } else {
      handler.send(mail, done);
    }
  }

  void close() {
    open.ifPresent(Channel::close);
  }
}
