package io.tributary.channels.smtp;

import io.tributary.channels.smtp.RecipientCheck.Verdict;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.DataFlaw;
import io.tributary.codecs.smtp.SmtpCommand;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What commands mean, and in which order they make sense (RFC 5321 sections 3.3 and 4.1.4). Each
 * call ends in one answer of the session, at once or when a port has answered. On the session's
 * thread.
 */
final class MailDialog {
  private static final Logger LOG = LoggerFactory.getLogger(MailDialog.class);

  private final SmtpHost host;
  private final SmtpSession session;
  private final RecipientCheck recipientCheck;
  private final Handover handover;

  private boolean saidHello;
  private int refusedRecipients;
  private boolean handingOver;
  private @Nullable Transaction transaction;
  private @Nullable IncomingMail incoming;

  MailDialog(SmtpHost host, SmtpSession session) {
    this.host = host;
    this.session = session;
    this.recipientCheck = new RecipientCheck(host);
    this.handover = new Handover(host);
  }

  /** Of the mail under way. */
  Optional<String> trace() {
    return Optional.ofNullable(transaction).map(Transaction::trace);
  }

  /** A mail is with the intake: it is awaited whatever becomes of the connection. */
  boolean isHandingOver() {
    return handingOver;
  }

  /** Forgets the mail under way. */
  void drop() {
    transaction = null;
    handingOver = false;
    if (incoming != null) {
      incoming.release();
      incoming = null;
    }
  }

  void obey(SmtpCommand command) {
    if (command instanceof SmtpCommand.Hello hello) {
      hello(hello);
    } else if (command instanceof SmtpCommand.Mail mail) {
      mail(mail);
    } else if (command instanceof SmtpCommand.Rcpt rcpt) {
      rcpt(rcpt.recipient());
    } else if (command instanceof SmtpCommand.Data) {
      data();
    } else if (command instanceof SmtpCommand.Reset) {
      drop();
      session.answer(SmtpReplies.OK);
    } else if (command instanceof SmtpCommand.Noop) {
      session.answer(SmtpReplies.OK);
    } else if (command instanceof SmtpCommand.Verify) {
      session.answer(SmtpReplies.NOT_VERIFIED);
    } else if (command instanceof SmtpCommand.Help) {
      session.answer(SmtpReplies.HELP);
    } else if (command instanceof SmtpCommand.Quit) {
      session.leave(SmtpReplies.BYE);
    } else if (command instanceof SmtpCommand.Foreign) {
      session.leave(SmtpReplies.FOREIGN);
    } else if (command instanceof SmtpCommand.Wrong wrong) {
      session.wrong(wrong.reply());
    }
  }

  private void hello(SmtpCommand.Hello hello) {
    saidHello = true;
    drop(); // RFC 5321 section 4.1.4
    session.answer(SmtpReplies.hello(host.settings(), hello.extended()));
  }

  private void mail(SmtpCommand.Mail mail) {
    int bytesMax = host.settings().limits().messageBytesMax();
    if (!saidHello) {
      session.wrong(SmtpReplies.HELLO_FIRST);
    } else if (transaction != null) {
      session.wrong(SmtpReplies.MAIL_TWICE);
    } else if (mail.sizeBytes().orElse(0) > bytesMax) {
      session.answer(SmtpReplies.tooBig(bytesMax)); // RFC 1870 section 6.1
    } else {
      transaction = new Transaction(mail.sender(), mail.sizeBytes(), host.environment().newTrace());
      session.answer(SmtpReplies.SENDER_OK);
    }
  }

  private void rcpt(String written) {
    Transaction mail = transaction;
    int recipientsMax = host.settings().limits().recipientsMax();
    if (mail == null) {
      session.wrong(SmtpReplies.MAIL_FIRST);
    } else if (mail.has(written)) {
      session.answer(SmtpReplies.RECIPIENT_OK);
    } else if (mail.recipientCount() >= recipientsMax) {
      session.answer(SmtpReplies.tooManyRecipients(recipientsMax));
    } else {
      session.ask(recipientCheck.check(written), verdict -> decided(mail, written, verdict));
    }
  }

  private void decided(Transaction mail, String written, Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      mail.add(written, accepted.recipient());
      session.answer(SmtpReplies.RECIPIENT_OK);
    } else if (verdict instanceof Verdict.Refused refused) {
      refused(mail, refused.reply());
    }
  }

  /** Whoever is refused more recipients than a mail may have is trying out names. */
  private void refused(Transaction mail, SmtpReply reply) {
    LOG.debug("event=smtp.recipient_refused trace={} code={}", mail.trace(), reply.code());
    refusedRecipients += reply.isPermanent() ? 1 : 0;
    if (refusedRecipients > host.settings().limits().recipientsMax()) {
      session.leave(SmtpReplies.TOO_MANY_ERRORS);
    } else {
      session.answer(reply);
    }
  }

  private void data() {
    Transaction mail = transaction;
    if (mail == null) {
      session.wrong(SmtpReplies.MAIL_FIRST);
    } else if (mail.recipientCount() == 0) {
      session.wrong(SmtpReplies.NO_RECIPIENT);
    } else if (!host.gate().hasRoomFor(Math.max(1, mail.announcedBytes()))) {
      session.answer(SmtpReplies.NO_ROOM);
    } else {
      incoming = new IncomingMail(host.gate(), host.settings().limits().messageBytesMax());
      session.askForData();
    }
  }

  /** Some of the mail. */
  void take(Bytes chunk) {
    incomingMail().add(chunk);
    session.next(SmtpDecoder.Mode.DATA);
  }

  void endOfData(Set<DataFlaw> flaws) {
    IncomingMail mail = incomingMail();
    Optional<SmtpReply> refusal =
        flaws.isEmpty() ? mail.refusal() : Optional.of(SmtpReplies.FLAWED);
    if (refusal.isPresent()) {
      int code = refusal.get().code();
      LOG.info("event=smtp.message_refused trace={} code={}", openTransaction().trace(), code);
      finished(refusal.get());
    } else {
      handingOver = true;
      session.ask(handover.hand(openTransaction(), mail.whole()), this::finished);
    }
  }

  /** A mail's answer always has its trace, so that it can be followed. */
  private void finished(SmtpReply reply) {
    SmtpReply traced = SmtpReplies.traced(reply, openTransaction().trace());
    drop();
    session.answerMail(traced);
  }

  private Transaction openTransaction() {
    return Objects.requireNonNull(transaction, "no mail is under way");
  }

  private IncomingMail incomingMail() {
    return Objects.requireNonNull(incoming, "mail data came that was not asked for");
  }
}
