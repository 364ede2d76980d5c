package io.tributary.loadtests.traffic;

import io.tributary.loadtests.Mail;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain SMTP client (RFC 5321) over one blocking socket; for one thread. */
public final class SmtpConnection implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int REPLY_TIMEOUT_MILLIS = 20_000;
  private static final int REPLY_LINE_BYTES_MAX = 4_096;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  public SmtpConnection(InetSocketAddress server) throws IOException {
    socket.connect(server, CONNECT_TIMEOUT_MILLIS);
    socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
    expect(220);
    command("EHLO drill.elsewhere.example", 250);
  }

  /**
   * What the server said.
   *
   * @param to which command, its first word; {@code END} is the mail itself
   */
  record Reply(int code, String to) {}

  /** The reply that ended the transaction: 250, or the first refusal. */
  Reply send(Mail mail) throws IOException {
    for (String command :
        new String[] {"MAIL FROM:<" + mail.from() + ">", "RCPT TO:<" + mail.to() + ">", "DATA"}) {
      int code = converse(command);
      if (code >= 400) {
        converse("RSET");
        return new Reply(code, command.replaceFirst("[ :].*", ""));
      }
    }
    writeStuffed(mail.raw());
    return new Reply(readReply(), "END");
  }

  /** The code of the reply to {@code RCPT TO}; nothing is sent. */
  public int recipient(String to) throws IOException {
    converse("MAIL FROM:<sender@elsewhere.example>");
    int code = converse("RCPT TO:<" + to + ">");
    converse("RSET");
    return code;
  }

  private void writeStuffed(byte[] raw) throws IOException {
    boolean lineStart = true;
    for (byte octet : raw) {
      if (lineStart && octet == '.') {
        out.write('.');
      }
      out.write(octet);
      lineStart = octet == '\n';
    }
    out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private void command(String line, int expected) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(expected);
  }

  private int converse(String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return readReply();
  }

  private void expect(int expected) throws IOException {
    int code = readReply();
    if (code >= 500) {
      throw new RefusedException("SMTP " + code + " instead of " + expected);
    }
    if (code != expected) {
      throw new IOException("expected " + expected + ", the server said " + code);
    }
  }

  private int readReply() throws IOException {
    String line;
    do {
      line = readLine();
      if (line.length() < 3) {
        throw new IOException("not an SMTP reply: " + line);
      }
    } while (line.length() > 3 && line.charAt(3) == '-');
    return code(line);
  }

  private static int code(String line) throws IOException {
    try {
      return Integer.parseInt(line.substring(0, 3));
    } catch (NumberFormatException noCode) {
      throw new IOException("not an SMTP reply: " + line, noCode);
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0 || line.length() > REPLY_LINE_BYTES_MAX) {
        throw new IOException("the server closed the connection");
      }
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  /** One that was lost already is closed too. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // nobody waits for it
    }
  }
}
