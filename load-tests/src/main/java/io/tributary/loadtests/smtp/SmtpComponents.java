package io.tributary.loadtests.smtp;

import io.gatling.core.CoreComponents;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.session.Session;
import io.gatling.netty.util.Transports;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** The lines of all virtual users of one run; a user's line ends with the user. */
final class SmtpComponents implements ProtocolComponents {
  private final Map<Long, SmtpLine> lines = new ConcurrentHashMap<>();
  private final ChannelFactory<? extends Channel> channels;
  private final InetSocketAddress server;

  SmtpComponents(CoreComponents core, InetSocketAddress server) {
    this.server = server;
    this.channels =
        Transports.newSocketChannelFactory(
            core.configuration().netty().useNativeTransport(),
            core.configuration().netty().useIoUring());
  }

  SmtpLine lineOf(Session session) {
    return lines.computeIfAbsent(
        session.userId(), user -> new SmtpLine(session.eventLoop(), channels, server));
  }

  @Override
  public Function1<Session, Session> onStart() {
    return session -> session;
  }

  @Override
  public Function1<Session, BoxedUnit> onExit() {
    return session -> {
      Optional.ofNullable(lines.remove(session.userId())).ifPresent(SmtpLine::close);
      return BoxedUnit.UNIT;
    };
  }
}
