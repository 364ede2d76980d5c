package io.tributary.server.smtp;

import io.tributary.channels.smtp.SmtpEnvironment;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.server.eventloop.ContextScheduler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes SMTP connections on its event loop. Several instances share one port. */
public final class SmtpVerticle extends VerticleBase {
  private static final int BACKLOG = 1_024;

  private final Listen listen;
  private final Function<SmtpEnvironment, SmtpHost> hosts;
  private final InstantSource clock;
  private final RandomGenerator random;
  private @Nullable NetServer server;

  /**
   * Where to listen, and how long sessions get at the end.
   *
   * @param port negative numbers take a free port that all instances with that number share
   * @param farewell for answering what is owed, once the server stops
   */
  public record Listen(String host, int port, Duration farewell) {}

  /**
   * @param hosts what the sessions of one event loop share
   */
  public SmtpVerticle(
      Listen listen,
      Function<SmtpEnvironment, SmtpHost> hosts,
      InstantSource clock,
      RandomGenerator random) {
    this.listen = listen;
    this.hosts = hosts;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    Context loop = Objects.requireNonNull(context);
    SmtpHost host =
        hosts.apply(new SmtpEnvironment(ContextScheduler.of(loop, clock), clock, random));
    NetServer created =
        vertx.createNetServer(options()).connectHandler(socket -> connected(socket, host));
    server = created;
    return created.listen(listen.port(), listen.host());
  }

  private static NetServerOptions options() {
    return new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpKeepAlive(true);
  }

  private static void connected(NetSocket socket, SmtpHost host) {
    SmtpConnection.open((NetSocketInternal) socket, host);
  }

  /** Accepts no more, lets sessions answer what they owe and say 421, then closes what is left. */
  @Override
  public Future<?> stop() {
    return bound().shutdown(listen.farewell().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The port it got. Only after it was deployed. */
  public int boundPort() {
    return bound().actualPort();
  }

  private NetServer bound() {
    return Objects.requireNonNull(server, "not deployed");
  }
}
