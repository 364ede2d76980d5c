package io.tributary.cli.mail;

import io.tributary.cli.shell.HostPort;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends one mail over one connection, command by command (RFC 5321). For one thread. */
final class SmtpClient {
  private static final String MESSAGE = "the message";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  private final Socket socket;
  private final InputStream in;

  private SmtpClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** A reply that ends the attempt. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean inDoubt;

    RefusedException(String command, SmtpReply reply) {
      super(command + " was answered " + reply.text());
      inDoubt = command.equals(MESSAGE) && reply.code() / 100 == 4;
    }

    /** Whether the server had the whole message, and may yet store it. */
    boolean isInDoubt() {
      return inDoubt;
    }
  }

  /**
   * Sends to all recipients, or to none.
   *
   * @param deadline for the whole of it
   * @return the server's last word, which takes responsibility for the mail
   * @throws RefusedException with the reply, if the server doesn't take it
   * @throws SocketTimeoutException at the deadline
   */
  static SmtpReply send(HostPort server, Duration deadline, Envelope envelope, byte[] message)
      throws IOException, RefusedException {
    AtomicBoolean late = new AtomicBoolean();
    Timer timer = new Timer("smtp-deadline", true);
    try (Socket socket = new Socket()) {
      timer.schedule(closing(socket, late), deadline.toMillis());
      socket.connect(
          new InetSocketAddress(server.host(), server.port()), (int) CONNECT_MAX.toMillis());
      return new SmtpClient(socket).transact(envelope, message);
    } catch (SocketException closed) {
      throw late.get() ? new SocketTimeoutException("the deadline is over") : closed;
    } finally {
      timer.cancel();
    }
  }

  /** A write has no time-out of its own: a server that stops reading is cut off. */
  private static TimerTask closing(Socket socket, AtomicBoolean late) {
    return new TimerTask() {
      @Override
      public void run() {
        late.set(true);
        try {
          socket.close();
        } catch (IOException gone) {
          // All the better.
        }
      }
    };
  }

  /** Who sends, and to whom. */
  record Envelope(Address from, List<Address> to) {}

  private SmtpReply transact(Envelope envelope, byte[] message)
      throws IOException, RefusedException {
    good("the connection", SmtpReply.read(in));
    List<String> offers = good("EHLO", command("EHLO [127.0.0.1]")).lines();
    good("MAIL", command(mail(envelope.from(), offers, message)));
    for (Address recipient : envelope.to()) {
      good("RCPT TO:<" + recipient.value() + ">", command("RCPT TO:<" + recipient.value() + ">"));
    }
    good("DATA", command("DATA"));
    write(DotStuffing.stuffed(message));
    SmtpReply accepted = good(MESSAGE, SmtpReply.read(in));
    quit();
    return accepted;
  }

  private static String mail(Address from, List<String> offers, byte[] message) {
    String size = offers(offers, "SIZE") ? " SIZE=" + message.length : "";
    String body = offers(offers, "8BITMIME") && !isAscii(message) ? " BODY=8BITMIME" : "";
    return "MAIL FROM:<" + from.value() + ">" + size + body;
  }

  private static boolean offers(List<String> offers, String extension) {
    return offers.stream()
        .map(offer -> offer.toUpperCase(Locale.ROOT).split(" ")[0])
        .anyMatch(extension::equals);
  }

  private static boolean isAscii(byte[] message) {
    for (byte current : message) {
      if (current < 0) {
        return false;
      }
    }
    return true;
  }

  private SmtpReply good(String command, SmtpReply reply) throws IOException, RefusedException {
    if (!reply.isGood()) {
      quit();
      throw new RefusedException(command, reply);
    }
    return reply;
  }

  private SmtpReply command(String line) throws IOException {
    write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return SmtpReply.read(in);
  }

  /** Politeness: the outcome is already known. */
  private void quit() {
    try {
      command("QUIT");
    } catch (IOException gone) {
      // It left first.
    }
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }
}
