package io.tributary.server.sms;

import io.tributary.channels.sms.SmsAccounts;
import io.tributary.channels.sms.SmsHost;
import io.tributary.channels.sms.SmsObserver;
import io.tributary.channels.sms.SmsProviders;
import io.tributary.channels.sms.SmsWebhooks;
import io.tributary.config.TributaryConfig;
import io.tributary.server.http.BodyReading.Limits;
import io.tributary.server.http.BodyRoom;
import io.tributary.server.http.HttpLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Text messages as a part of the HTTP face: made once, mounted on each event loop. */
public final class SmsPart {
  private static final Limits LIMITS = new Limits(1 << 20, Duration.ofSeconds(10));
  private static final long ROOM_BYTES = 64L << 20;

  private final SmsAccounts accounts;
  private final SmsHost.Ports ports;
  private final InstantSource clock;
  private final SmsFace face;

  private SmsPart(SmsAccounts accounts, SmsHost.Ports ports, InstantSource clock, SmsFace face) {
    this.accounts = accounts;
    this.ports = ports;
    this.clock = clock;
    this.face = face;
  }

  /** Clock and chance. */
  public record Environment(InstantSource clock, RandomGenerator random) {}

  /**
   * Reads the accounts' secrets.
   *
   * @throws io.tributary.config.ConfigException if it can't
   */
  public static SmsPart of(
      TributaryConfig config, SmsHost.Ports ports, SmsObserver observer, Environment environment) {
    return new SmsPart(
        SmsAccounts.of(SmsProviders.all(), SmsSecrets.accounts(config.sms())),
        ports,
        environment.clock(),
        new SmsFace(
            new PublicUrl(config.sms().publicUrl(), new PublicUrl.Host(config.http().host())),
            LIMITS,
            new BodyRoom(ROOM_BYTES),
            observer,
            environment.random()));
  }

  /** For one event loop. */
  public SmsRoutes routes(HttpLoop loop) {
    SmsHost host =
        new SmsHost(
            accounts, ports, new SmsHost.Environment(loop.scheduler(), clock), face.observer());
    return new SmsRoutes(loop.vertx(), new SmsWebhooks(host), face);
  }
}
