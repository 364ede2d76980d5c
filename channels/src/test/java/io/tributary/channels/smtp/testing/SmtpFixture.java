package io.tributary.channels.smtp.testing;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.smtp.SmtpEnvironment;
import io.tributary.channels.smtp.SmtpGate;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpLimits;
import io.tributary.channels.smtp.SmtpSettings;
import io.tributary.codecs.address.AddressCanonicalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A server for {@code example.com} and {@code example.org} on virtual time, with scripted ports.
 * Users: bob (1), alice (2; also alice@example.org), and the postmaster (9), addressed {@code
 * chat:operator}.
 */
public final class SmtpFixture {
  public final TestScheduler scheduler = new TestScheduler();
  public final ScriptedLookup lookup =
      new ScriptedLookup()
          .with("bob@example.com", 1)
          .with("alice@example.com", 2)
          .with("alice@example.org", 2)
          .with("chat:operator", 9);
  public final ScriptedIntake intake = new ScriptedIntake();
  public final CountingObserver observer = new CountingObserver();
  public final SmtpGate gate;
  private final SmtpHost host;

  public SmtpFixture() {
    this(SmtpLimits.DEFAULT, new SmtpGate(1_000, 64L * 1024 * 1024));
  }

  public SmtpFixture(SmtpLimits limits, SmtpGate gate) {
    this.gate = gate;
    this.host =
        new SmtpHost(
            new SmtpSettings(
                "mx.example.com",
                List.of("example.com", "example.org"),
                AddressCanonicalizer.any("chat:operator"),
                limits),
            new SmtpEnvironment(
                scheduler,
                () -> Instant.ofEpochMilli(1_000_000 + scheduler.now(TimeUnit.MILLISECONDS)),
                new Random(1)),
            lookup,
            intake,
            gate,
            observer);
  }

  public SmtpHost host() {
    return host;
  }

  /** A new connection; the greeting is there to be read. */
  public SmtpHarness connect() {
    return new SmtpHarness(host, scheduler::triggerActions);
  }

  /** A new connection whose greeting and EHLO are over. */
  public SmtpHarness greeted() {
    SmtpHarness client = connect();
    String unused = client.ask("EHLO client.example\r\n");
    return client;
  }

  public void pass(Duration time) {
    scheduler.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
