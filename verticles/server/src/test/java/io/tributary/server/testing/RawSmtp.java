package io.tributary.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An SMTP client on a bare socket: sends what it is told, bytes and all, and reads replies. */
public final class RawSmtp implements AutoCloseable {
  private static final int READ_MILLIS_MAX = 60_000;

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  /** Connects, and leaves the greeting unread. */
  public RawSmtp(int port) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), READ_MILLIS_MAX);
    socket.setSoTimeout(READ_MILLIS_MAX);
    socket.setTcpNoDelay(true);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    out = socket.getOutputStream();
  }

  /** Connected and greeted. */
  public static RawSmtp greeted(int port) throws IOException {
    RawSmtp client = new RawSmtp(port);
    client.expect("220");
    client.say("EHLO client.example");
    client.expect("250");
    return client;
  }

  public void say(String line) throws IOException {
    bytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  public void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The last line of the next reply; empty at the end of the connection. */
  public String reply() throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line == null ? "" : line;
  }

  public String expect(String code) throws IOException {
    String reply = reply();
    if (!reply.startsWith(code)) {
      throw new AssertionError("expected " + code + ", got: " + reply);
    }
    return reply;
  }

  /** One mail through to the answer to its end; a refused recipient's answer if there is one. */
  public String mail(String from, List<String> to, byte[] content) throws IOException {
    say("MAIL FROM:<" + from + ">");
    expect("250");
    for (String recipient : to) {
      say("RCPT TO:<" + recipient + ">");
      String reply = reply();
      if (!reply.startsWith("250")) {
        say("RSET");
        expect("250");
        return reply;
      }
    }
    say("DATA");
    expect("354");
    bytes(content);
    say(".");
    return reply();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
