package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.codecs.smtp.SmtpCommandParser;
import io.tributary.codecs.smtp.SmtpDecoder;
import io.tributary.codecs.smtp.SmtpFrame;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMTP session (RFC 5321 section 3), from greeting to close. Single-threaded: every call, and
 * everything it does, happens on the thread of {@link SmtpEnvironment#scheduler}.
 *
 * <p>It answers one frame at a time: the next is asked for only after the answer to the last, so
 * commands that were pipelined are answered in order however long a port takes. This class takes
 * turns, keeps time and leaves; what commands mean is {@link MailDialog}'s.
 */
public final class SmtpSession {
  private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);

  /** Whose turn it is. */
  private enum Turn {
    /** Before the greeting. */
    NOBODY,
    CLIENT,
    /** A frame is worked on, or a port is asked. */
    OURS,
    /** The last words were said, or the connection is gone. */
    OVER
  }

  private final SmtpHost host;
  private final SmtpTransport transport;
  private final String peer;
  private final String trace;
  private final Deadlines deadlines;
  private final MailDialog dialog;

  private Turn turn = Turn.NOBODY;
  private boolean admitted;
  private boolean gone;
  private int errors;
  private Optional<SmtpReply> farewell = Optional.empty();
  private Disposable port = Disposable.disposed();

  /**
   * @param peer the client's IP address, for logs
   */
  public SmtpSession(SmtpHost host, SmtpTransport transport, String peer) {
    this.host = host;
    this.transport = transport;
    this.peer = peer;
    this.trace = host.environment().newTrace();
    this.deadlines = new Deadlines(host.environment().scheduler(), host.settings().limits());
    this.dialog = new MailDialog(host, this);
  }

  /** The connection is there: greets, or turns it away. Once. */
  public void open() {
    if (turn == Turn.OVER) {
      return; // shut down, or gone, before it began
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
    guarded(() -> work(frame));
  }

  /** The connection is gone, whoever closed it. What is in flight is still awaited and counted. */
  public void closed() {
    if (gone) {
      return;
    }
    gone = true;
    turn = Turn.OVER;
    deadlines.stop();
    if (!dialog.isHandingOver()) {
      port.dispose();
      dialog.drop();
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

  private void work(SmtpFrame frame) {
    if (turn != Turn.CLIENT) {
      throw new IllegalStateException("a frame came that nobody asked for");
    }
    turn = Turn.OURS;
    deadlines.stopIdle();
    if (frame instanceof SmtpFrame.Command command) {
      dialog.obey(SmtpCommandParser.parse(command.line()));
    } else if (frame instanceof SmtpFrame.LineTooLong) {
      wrong(SmtpReplies.lineTooLong(SmtpDecoder.LINE_OCTETS_MAX));
    } else if (frame instanceof SmtpFrame.DataChunk chunk) {
      dialog.take(chunk.bytes());
    } else if (frame instanceof SmtpFrame.DataEnd end) {
      dialog.endOfData(end.flaws());
    }
  }

  /**
   * Gives the client its turn. Nothing may follow: the next frame may come in before it returns.
   */
  void next(SmtpDecoder.Mode mode) {
    if (farewell.isPresent()) {
      leave(farewell.get());
      return;
    }
    turn = Turn.CLIENT;
    deadlines.startIdle(() -> leave(SmtpReplies.IDLE));
    transport.proceed(mode);
  }

  /** Answers a command. */
  void answer(SmtpReply reply) {
    write(reply);
    next(SmtpDecoder.Mode.COMMAND);
  }

  /** Answers a command that should not have been sent; too many of them end the session. */
  void wrong(SmtpReply reply) {
    errors++;
    if (errors > host.settings().limits().errorsMax()) {
      leave(SmtpReplies.TOO_MANY_ERRORS);
    } else {
      answer(reply);
    }
  }

  /**
   * Answers a mail, if anybody is still there to hear it.
   *
   * @param traced names the mail
   */
  void answerMail(SmtpReply traced) {
    if (turn != Turn.OVER) {
      startTransactionClock();
      send(traced);
      next(SmtpDecoder.Mode.COMMAND);
    }
  }

  /** Lets a mail come in. */
  void askForData() {
    write(SmtpReplies.SEND_DATA);
    next(SmtpDecoder.Mode.DATA);
  }

  /** Waits for a port; {@code then} answers. The port is dropped with the connection. */
  <T> void ask(Single<T> answer, Consumer<T> then) {
    port =
        answer
            .observeOn(host.environment().scheduler())
            .subscribe(value -> guarded(() -> then.accept(value)), this::broken);
  }

  /** Says a last word and closes. */
  void leave(SmtpReply reply) {
    if (turn == Turn.OVER) {
      return;
    }
    write(reply);
    turn = Turn.OVER;
    dialog.drop();
    LOG.debug("event=smtp.leave trace={} peer={} reply=\"{}\"", trace, peer, reply);
    deadlines.startFarewell(transport::abort);
    transport.close();
  }

  private void leaveWhenAnswered(SmtpReply reply) {
    if (turn == Turn.OURS) {
      farewell = Optional.of(reply);
    } else {
      leave(reply);
    }
  }

  private void startTransactionClock() {
    deadlines.startTransaction(() -> leaveWhenAnswered(SmtpReplies.TOO_SLOW));
  }

  /** What went wrong can be found in the logs by what the client was told. */
  private void write(SmtpReply reply) {
    boolean refuses = reply.isTransient() || reply.isPermanent();
    send(refuses ? SmtpReplies.traced(reply, dialog.trace().orElse(trace)) : reply);
  }

  private void send(SmtpReply reply) {
    host.observer().replied(reply.code());
    transport.write(reply.encode());
  }

  /** An error of ours ends this session, and tells the client to come back. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException error) {
      broken(error);
    }
  }

  private void broken(Throwable error) {
    LOG.error("event=smtp.session_broken trace={} peer={}", trace, peer, error);
    if (turn == Turn.OVER) {
      dialog.drop();
    } else {
      leave(SmtpReplies.BROKEN);
    }
  }
}
