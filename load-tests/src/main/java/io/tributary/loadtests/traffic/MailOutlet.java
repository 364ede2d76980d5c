package io.tributary.loadtests.traffic;

import io.tributary.loadtests.Mail;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Posting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A mail server that holds one connection. */
public final class MailOutlet implements Outlet {
  private static final int BODY_BYTES_MAX = 60_000;

  private final Supplier<InetSocketAddress> servers;
  private final Supplier<Draft> drafts;
  private Optional<SmtpConnection> connection = Optional.empty();
  private Draft draft;

  /** A mail, and what the audit must find of it. */
  private record Draft(Mail mail, Posting posting) {}

  private MailOutlet(Supplier<InetSocketAddress> servers, Supplier<Draft> drafts) {
    this.servers = servers;
    this.drafts = drafts;
    this.draft = drafts.get();
  }

  /**
   * Sends mails of all sizes with what breaks careless servers; the audit compares their bytes.
   *
   * @param servers asked for each connection
   * @param number of the sender, unique in the run
   */
  public static MailOutlet wild(
      Supplier<InetSocketAddress> servers, List<String> recipients, int number) {
    SplittableRandom random = new SplittableRandom(number);
    AtomicInteger count = new AtomicInteger();
    return new MailOutlet(
        servers,
        () -> {
          String id = "s" + number + "-" + count.getAndIncrement();
          String to = recipients.get(random.nextInt(recipients.size()));
          Mail mail = Mail.draw(id, to, 1 + random.nextInt(BODY_BYTES_MAX), random);
          return new Draft(mail, mail.posting());
        });
  }

  /** Sends short mails to one user; the audit compares their texts. */
  public static MailOutlet plain(Supplier<InetSocketAddress> servers, LoadUser to, Texts texts) {
    return new MailOutlet(
        servers,
        () -> {
          Texts.Text text = texts.next();
          return new Draft(
              Mail.plain(text.id(), to.email(), text.words()),
              new Posting(text.id(), Set.of(to.name()), Digests.of(text.words())));
        });
  }

  @Override
  public Posting draw() {
    draft = drafts.get();
    return draft.posting();
  }

  @Override
  public Answer send() throws IOException {
    try {
      if (connection.isEmpty()) {
        connection = Optional.of(new SmtpConnection(servers.get()));
      }
      SmtpConnection.Reply reply = connection.get().send(draft.mail());
      return new Answer(verdict(reply.code()), "SMTP " + reply.code() + " at " + reply.to());
    } catch (RefusedException refused) {
      drop();
      return new Answer(Verdict.REFUSED, String.valueOf(refused.getMessage()));
    }
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
