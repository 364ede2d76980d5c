package io.tributary.cli.mail;

import io.tributary.cli.shell.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** An SMTP server for one connection: answers each command as told, and remembers them. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final UnaryOperator<String> answers;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /**
   * Listens on a free port.
   *
   * @param answers reply for a command; for the greeting of "connect", for the data of "."
   */
  ScriptedServer(UnaryOperator<String> answers) throws IOException {
    this.answers = answers;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "scripted-smtp");
    thread.start();
  }

  HostPort address() {
    return new HostPort("127.0.0.1", listener.getLocalPort());
  }

  /** All that was received, command lines and data lines. */
  List<String> lines() throws InterruptedException {
    thread.join(5_000);
    return List.copyOf(lines);
  }

  private void serve() {
    try (Socket socket = listener.accept()) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      answer(out, "connect");
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        if (!data || line.equals(".")) {
          data = answer(out, line).startsWith("354");
        }
      }
    } catch (IOException closed) {
      lines.add("(connection lost)");
    }
  }

  private String answer(OutputStream out, String command) throws IOException {
    String reply = answers.apply(command);
    out.write((reply.replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return reply;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
