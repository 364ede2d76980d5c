package io.tributary.loadtests;

import io.tributary.loadtests.audit.Ledger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders that behave as mail servers do: a mail that got no 250 (a 4xx, a lost connection) is sent
 * again until it gets one. A 5xx is an error of the run.
 */
final class SmtpLoad implements AutoCloseable {
  private static final int RETRY_DELAY_MILLIS = 100;
  private static final int BODY_BYTES_MAX = 60_000;

  private final InetSocketAddress server;
  private final List<String> recipients;
  private final Ledger ledger;
  private final ScheduledExecutorService threads;
  private final AtomicBoolean finishing = new AtomicBoolean();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private volatile Optional<String> refusal = Optional.empty();

  SmtpLoad(InetSocketAddress server, List<String> recipients, Ledger ledger, int senders) {
    this.server = server;
    this.recipients = List.copyOf(recipients);
    this.ledger = ledger;
    this.threads = Executors.newScheduledThreadPool(senders);
    for (int i = 0; i < senders; i++) {
      busy.incrementAndGet();
      Sender sender = new Sender(i);
      threads.execute(sender::next);
    }
  }

  /** Lets each sender bring its mail to an acknowledgement, then stop. */
  void finish() {
    finishing.set(true);
  }

  boolean finished() {
    return busy.get() == 0;
  }

  int retries() {
    return retries.get();
  }

  /** A permanent error that a sender saw, if any did. */
  Optional<String> refusal() {
    return refusal;
  }

  @Override
  public void close() {
    finish();
    threads.shutdownNow();
  }

  /** One sender: one connection, one mail at a time. Runs on one thread at a time. */
  private final class Sender {
    private final int number;
    private final SplittableRandom random;
    private Optional<SmtpConnection> connection = Optional.empty();
    private int count;

    Sender(int number) {
      this.number = number;
      this.random = new SplittableRandom(number);
    }

    void next() {
      if (finishing.get()) {
        drop();
        busy.decrementAndGet();
        return;
      }
      String id = "s" + number + "-" + count++;
      String to = recipients.get(random.nextInt(recipients.size()));
      Mail mail = Mail.draw(id, to, 1 + random.nextInt(BODY_BYTES_MAX), random);
      ledger.sent(mail.posting());
      attempt(mail);
    }

    private void attempt(Mail mail) {
      try {
        SmtpConnection open = connected();
        settle(mail, open.send(mail));
      } catch (IOException | NumberFormatException lost) {
        drop();
        again(mail);
      }
    }

    private void settle(Mail mail, int code) {
      if (code == 250) {
        ledger.acknowledged(mail.id());
        threads.execute(this::next);
      } else if (code >= 500) {
        refusal = Optional.of("mail " + mail.id() + " was refused with " + code);
        threads.execute(this::next);
      } else {
        again(mail);
      }
    }

    private void again(Mail mail) {
      retries.incrementAndGet();
      if (!threads.isShutdown()) {
        threads.schedule(() -> attempt(mail), RETRY_DELAY_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    private SmtpConnection connected() throws IOException {
      if (connection.isEmpty()) {
        connection = Optional.of(new SmtpConnection(server));
      }
      return connection.get();
    }

    private void drop() {
      connection.ifPresent(
          open -> {
            try {
              open.close();
            } catch (IOException gone) {
              retries.incrementAndGet(); // it was lost already: the mail on it goes again
            }
          });
      connection = Optional.empty();
    }
  }
}
