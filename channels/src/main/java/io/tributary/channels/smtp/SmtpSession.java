package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.smtp.RecipientCheck.Verdict;
import io.tributary.codecs.smtp.SmtpCommand;
import io.tributary.codecs.smtp.SmtpCommandParser;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.tributary.codecs.smtp.SmtpFrame;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMTP session (RFC 5321 section 3), from greeting to close. Single-threaded: every call, and
 * everything it does, happens on the thread of {@link SmtpEnvironment#scheduler}.
 *
 * <p>It answers one frame at a time: the next is asked for only after the answer to the last, so
 * commands that were pipelined are answered in order however long a port takes.
 */
public final class SmtpSession {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

  /** Whose turn it is. */
  private enum Turn {
    /** Before the greeting. */
    NOBODY,
    CLIENT,
    /** A port is asked. */
    OURS,
    /** The last words were said, or the connection is gone. */
    OVER
  }

  private final SmtpHost host;
  private final SmtpTransport transport;
  private final String peer;
  private final String trace;
  private final Deadlines deadlines;
  private final RecipientCheck recipientCheck;
  private final Handover handover;

  private Turn turn = Turn.NOBODY;
  private boolean admitted;
  private boolean gone;
  private boolean saidHello;
  private int errors;
  private int refusedRecipients;
  private Optional<SmtpReply> farewell = Optional.empty();
  private Disposable lookup = Disposable.disposed();
  private @Nullable Transaction transaction;
  private @Nullable IncomingMail incoming;

  /**
   * @param peer the client's IP address, for logs
   */
  public SmtpSession(SmtpHost host, SmtpTransport transport, String peer) {
    this.host = host;
    this.transport = transport;
    this.peer = peer;
    this.trace = newTrace();
    this.deadlines = new Deadlines(host.environment().scheduler(), host.settings().limits());
    this.recipientCheck = new RecipientCheck(host);
    this.handover = new Handover(host);
  }

  /** The connection is there: greets, or turns it away. Once. */
  public void open() {
    if (turn == Turn.OVER) {
      return; // shut down before it began
    }
    if (turn != Turn.NOBODY) {
      throw new IllegalStateException("a session is opened once");
    }
    admitted = host.gate().enter();
    if (!admitted) {
      host.observer().connectionRefused();
      leave(SmtpReplies.TOO_MANY_CONNECTIONS);
      return;
    }
    host.observer().connectionOpened();
    startTransactionClock();
    answer(SmtpReplies.greeting(host.settings().hostname()));
  }

  /** The frame asked for by {@link SmtpTransport#proceed}. */
  public void receive(SmtpFrame frame) {
    if (turn == Turn.OVER) {
      return; // it was under way when we left
    }
    if (turn != Turn.CLIENT) {
      throw new IllegalStateException("a frame came that nobody asked for");
    }
    deadlines.stopIdle();
    if (frame instanceof SmtpFrame.Command command) {
      obey(SmtpCommandParser.parse(command.line()));
    } else if (frame instanceof SmtpFrame.LineTooLong) {
      wrong(SmtpReplies.lineTooLong(SmtpDecoder.LINE_OCTETS_MAX));
    } else if (frame instanceof SmtpFrame.DataChunk chunk) {
      incomingMail().add(chunk.bytes());
      next(SmtpDecoder.Mode.DATA);
    } else if (frame instanceof SmtpFrame.DataEnd end) {
      endOfData(end);
    }
  }

  /** The connection is gone, whoever closed it. What is in flight is still awaited and counted. */
  public void closed() {
    if (gone) {
      return;
    }
    gone = true;
    boolean handingOver = turn == Turn.OURS && incoming != null;
    turn = Turn.OVER;
    deadlines.stop();
    lookup.dispose();
    if (!handingOver) {
      drop();
    }
    if (admitted) {
      host.gate().leave();
      host.observer().connectionClosed();
    }
  }

  /** The server stops: answers what is owed, then 421, and closes the transport. */
  public void shutDown() {
    leaveWhenAnswered(SmtpReplies.SHUTTING_DOWN);
  }

  private void obey(SmtpCommand command) {
    if (command instanceof SmtpCommand.Hello hello) {
      saidHello = true;
      drop(); // RFC 5321 section 4.1.4
      answer(SmtpReplies.hello(host.settings(), hello.extended()));
    } else if (command instanceof SmtpCommand.Mail mail) {
      mail(mail);
    } else if (command instanceof SmtpCommand.Rcpt rcpt) {
      rcpt(rcpt.recipient());
    } else if (command instanceof SmtpCommand.Data) {
      data();
    } else if (command instanceof SmtpCommand.Reset) {
      drop();
      answer(SmtpReplies.OK);
    } else if (command instanceof SmtpCommand.Noop) {
      answer(SmtpReplies.OK);
    } else if (command instanceof SmtpCommand.Verify) {
      answer(SmtpReplies.NOT_VERIFIED);
    } else if (command instanceof SmtpCommand.Help) {
      answer(SmtpReplies.HELP);
    } else if (command instanceof SmtpCommand.Quit) {
      leave(SmtpReplies.BYE);
    } else if (command instanceof SmtpCommand.Foreign) {
      leave(SmtpReplies.FOREIGN);
    } else if (command instanceof SmtpCommand.Wrong wrong) {
      wrong(wrong.reply());
    }
  }

  private void mail(SmtpCommand.Mail mail) {
    int bytesMax = host.settings().limits().messageBytesMax();
    if (!saidHello) {
      wrong(SmtpReplies.HELLO_FIRST);
    } else if (transaction != null) {
      wrong(SmtpReplies.MAIL_TWICE);
    } else if (mail.sizeBytes().orElse(0) > bytesMax) {
      answer(SmtpReplies.tooBig(bytesMax)); // RFC 1870 section 6.1
    } else {
      transaction = new Transaction(mail.sender(), mail.sizeBytes(), newTrace());
      answer(SmtpReplies.SENDER_OK);
    }
  }

  private void rcpt(String written) {
    Transaction mail = transaction;
    int recipientsMax = host.settings().limits().recipientsMax();
    if (mail == null) {
      wrong(SmtpReplies.MAIL_FIRST);
    } else if (mail.has(written)) {
      answer(SmtpReplies.RECIPIENT_OK);
    } else if (mail.recipientCount() >= recipientsMax) {
      answer(SmtpReplies.tooManyRecipients(recipientsMax));
    } else {
      lookup = ask(recipientCheck.check(written), verdict -> decided(mail, written, verdict));
    }
  }

  private void decided(Transaction mail, String written, Verdict verdict) {
    if (verdict instanceof Verdict.Accepted accepted) {
      mail.add(written, accepted.recipient());
      answer(SmtpReplies.RECIPIENT_OK);
    } else if (verdict instanceof Verdict.Refused refused) {
      refusedRecipients += refused.reply().isPermanent() ? 1 : 0;
      boolean guessing = refusedRecipients > host.settings().limits().recipientsMax();
      if (guessing) {
        leave(SmtpReplies.TOO_MANY_ERRORS);
      } else {
        answer(refused.reply());
      }
    }
  }

  private void data() {
    Transaction mail = transaction;
    if (mail == null) {
      wrong(SmtpReplies.MAIL_FIRST);
    } else if (mail.recipientCount() == 0) {
      wrong(SmtpReplies.NO_RECIPIENT);
    } else if (!host.gate().hasRoomFor(Math.max(1, mail.announcedBytes()))) {
      answer(SmtpReplies.NO_ROOM);
    } else {
      incoming = new IncomingMail(host.gate(), host.settings().limits().messageBytesMax());
      write(SmtpReplies.SEND_DATA);
      next(SmtpDecoder.Mode.DATA);
    }
  }

  private void endOfData(SmtpFrame.DataEnd end) {
    IncomingMail mail = incomingMail();
    if (!end.flaws().isEmpty()) {
      endTransaction(SmtpReplies.FLAWED);
    } else if (mail.refusal().isPresent()) {
      endTransaction(mail.refusal().get());
    } else {
      var unused = ask(handover.hand(openTransaction(), mail.whole()), this::endTransaction);
    }
  }

  private void endTransaction(SmtpReply reply) {
    SmtpReply traced = SmtpReplies.traced(reply, openTransaction().trace());
    drop();
    if (turn != Turn.OVER) {
      startTransactionClock();
      write(traced);
      next(SmtpDecoder.Mode.COMMAND);
    }
  }

  /** Waits for a port; it is the client's turn again once {@code then} has answered. */
  private <T> Disposable ask(Single<T> port, Consumer<T> then) {
    turn = Turn.OURS;
    return port.observeOn(host.environment().scheduler()).subscribe(then::accept, this::broken);
  }

  private void broken(Throwable error) {
    LOG.error("event=smtp.session_broken trace={}", trace, error);
    drop();
    leave(SmtpReplies.BROKEN);
  }

  private void startTransactionClock() {
    deadlines.startTransaction(() -> leaveWhenAnswered(SmtpReplies.TOO_SLOW));
  }

  private void wrong(SmtpReply reply) {
    errors++;
    if (errors > host.settings().limits().errorsMax()) {
      leave(SmtpReplies.TOO_MANY_ERRORS);
    } else {
      answer(reply);
    }
  }

  private void answer(SmtpReply reply) {
    write(traced(reply));
    next(SmtpDecoder.Mode.COMMAND);
  }

  /** Nothing may follow this call: the next frame may come in before it returns. */
  private void next(SmtpDecoder.Mode mode) {
    if (farewell.isPresent()) {
      leave(farewell.get());
      return;
    }
    turn = Turn.CLIENT;
    deadlines.startIdle(() -> leave(SmtpReplies.IDLE));
    transport.proceed(mode);
  }

  private void leaveWhenAnswered(SmtpReply reply) {
    if (turn == Turn.OURS) {
      farewell = Optional.of(reply);
    } else {
      leave(reply);
    }
  }

  private void leave(SmtpReply reply) {
    if (turn == Turn.OVER) {
      return;
    }
    write(traced(reply));
    drop();
    turn = Turn.OVER;
    LOG.debug("event=smtp.leave trace={} peer={} reply=\"{}\"", trace, peer, reply);
    deadlines.startFarewell(transport::abort);
    transport.close();
  }

  private void write(SmtpReply reply) {
    host.observer().replied(reply.code());
    transport.write(reply.encode());
  }

  /** Whatever went wrong can be found in the logs by what the client was told. */
  private SmtpReply traced(SmtpReply reply) {
    if (!reply.isTransient() && !reply.isPermanent()) {
      return reply;
    }
    return SmtpReplies.traced(reply, transaction == null ? trace : transaction.trace());
  }

  /** Forgets the mail under way. */
  private void drop() {
    transaction = null;
    if (incoming != null) {
      incoming.release();
      incoming = null;
    }
  }

  private Transaction openTransaction() {
    return Objects.requireNonNull(transaction, "no mail is under way");
  }

  private IncomingMail incomingMail() {
    return Objects.requireNonNull(incoming, "mail data came that was not asked for");
  }

  private String newTrace() {
    return HexFormat.of().toHexDigits(host.environment().random().nextLong());
  }
}
