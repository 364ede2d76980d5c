package io.tributary.loadtests;

import io.tributary.loadtests.audit.Posting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A mail server: mails of all sizes, with what breaks careless servers. */
final class MailOutlet implements Outlet {
  private static final int BODY_BYTES_MAX = 60_000;

  private final InetSocketAddress server;
  private final List<String> recipients;
  private final int number;
  private final SplittableRandom random;
  private Optional<SmtpConnection> connection = Optional.empty();
  private Mail mail;
  private int count;

  /**
   * @param number of the sender, unique in the run
   */
  MailOutlet(InetSocketAddress server, List<String> recipients, int number) {
    this.server = server;
    this.recipients = List.copyOf(recipients);
    this.number = number;
    this.random = new SplittableRandom(number);
    this.mail = another();
  }

  private Mail another() {
    String id = "s" + number + "-" + count++;
    String to = recipients.get(random.nextInt(recipients.size()));
    return Mail.draw(id, to, 1 + random.nextInt(BODY_BYTES_MAX), random);
  }

  @Override
  public Posting draw() {
    mail = another();
    return mail.posting();
  }

  @Override
  public Answer send() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(new SmtpConnection(server));
    }
    int code = connection.get().send(mail);
    return new Answer(verdict(code), "SMTP " + code);
  }

  private static Verdict verdict(int code) {
    if (code == 250) {
      return Verdict.ACKNOWLEDGED;
    }
    return code >= 500 ? Verdict.REFUSED : Verdict.AGAIN;
  }

  @Override
  public void drop() {
    connection.ifPresent(SmtpConnection::close);
    connection = Optional.empty();
  }
}
