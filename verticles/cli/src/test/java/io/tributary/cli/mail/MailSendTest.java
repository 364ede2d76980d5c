package io.tributary.cli.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.Tributary;
import io.tributary.cli.shell.ShellOutput;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSendTest {
  private final ShellOutput shell = new ShellOutput(Map.of());
  @TempDir Path folder;

  @Test
  void mailShouldBeHandedOverCommandByCommand() throws Exception {
    try (ScriptedServer server = new ScriptedServer(MailSendTest::willing)) {
      int code =
          send(server, "--to", "alice@example.com", "--to", "bob@example.com", "--text", ".dot");

      assertThat(code).isZero();
      assertThat(shell.out()).isEqualTo("accepted by " + server.address() + ": 250 2.0.0 stored\n");
      assertThat(server.lines())
          .startsWith(
              "EHLO [127.0.0.1]",
              "MAIL FROM:<you@elsewhere.example> SIZE=" + size(server.lines()),
              "RCPT TO:<alice@example.com>",
              "RCPT TO:<bob@example.com>",
              "DATA")
          .contains("..dot", ".", "QUIT");
    }
  }

  @Test
  void eightBitFileShouldBeAnnouncedAndSentAsItIs() throws Exception {
    Path file = folder.resolve("raw.eml");
    Files.write(file, new byte[] {'S', ':', ' ', (byte) 0xe9, '\r', '\n', '\r', '\n', 'x'});
    try (ScriptedServer server = new ScriptedServer(MailSendTest::willing)) {
      assertThat(send(server, "--to", "a@example.com", "--file", file.toString())).isZero();

      assertThat(server.lines())
          .contains("MAIL FROM:<you@elsewhere.example> SIZE=9 BODY=8BITMIME", "S: \u00e9", "x");
    }
  }

  @Test
  void refusalShouldBeShownWithTheServersWordsAndNothingSent() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            line ->
                line.contains("nobody")
                    ? "550-5.1.1 no such\n550 5.1.1 user\u001b[31m"
                    : willing(line))) {
      int code = send(server, "--to", "a@example.com", "--to", "nobody@example.com", "--text", "x");

      assertThat(code).isEqualTo(1);
      assertThat(shell.err())
          .isEqualTo(
              "tributary: mail send: nothing was sent: RCPT TO:<nobody@example.com> was answered 550 5.1.1 no such / 5.1.1 user?[31m\n");
      assertThat(server.lines()).doesNotContain("DATA").contains("QUIT");
    }
  }

  @Test
  void passingErrorAfterTheWholeMessageShouldBeToldAsDoubt() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(line -> line.equals(".") ? "451 4.3.0 later" : willing(line))) {
      assertThat(send(server, "--to", "a@example.com", "--text", "x")).isEqualTo(1);

      assertThat(shell.err())
          .contains("the message was answered 451 4.3.0 later", "it may have arrived")
          .doesNotContain("nothing was sent");
    }
  }

  @Test
  void brokenServersShouldGiveOneLine() throws Exception {
    List<String> greetings = List.of("HTTP/1.1 400", "220" + "x".repeat(5_000), "2", "999 x");
    List<String> shown = new ArrayList<>();
    for (String greeting : greetings) {
      ShellOutput output = new ShellOutput(Map.of());
      try (ScriptedServer server = new ScriptedServer(line -> greeting)) {
        String smtp = server.address().toString();
        int code =
            Tributary.run(
                output.shell(), "mail", "send", "--to", "a@b.c", "--text", "x", "--smtp", smtp);
        assertThat(code).isEqualTo(1);
        shown.add(output.err());
      }
    }
    assertThat(shown).allMatch(line -> line.startsWith("tributary: mail send: 127.0.0.1:"));
    assertThat(shown).allMatch(line -> line.indexOf('\n') == line.length() - 1);
  }

  @Test
  void serverThatSaysNothingShouldBeLeftAtTheDeadline() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String smtp = "127.0.0.1:" + deaf.getLocalPort();

      int code =
          Tributary.run(
              shell.shell(),
              "mail",
              "send",
              "--to",
              "a@b.c",
              "--text",
              "x",
              "--smtp",
              smtp,
              "--timeout",
              "1");

      assertThat(code).isEqualTo(1);
      assertThat(shell.err()).contains("no answer from " + smtp + " in time", "may have arrived");
    }
  }

  @Test
  void missingServerShouldBeNamedWithTheWayOut() {
    int code =
        Tributary.run(
            shell.shell(), "mail", "send", "--to", "a@b.c", "--text", "x", "--smtp", "127.0.0.1:1");

    assertThat(code).isEqualTo(1);
    assertThat(shell.err()).contains("nothing listens on 127.0.0.1:1", "`./tributary up`");
  }

  @Test
  void wrongUseShouldExitWithTwo() {
    for (String[] wrong :
        List.of(
            new String[] {"--to", "a@b.c"},
            new String[] {"--text", "x"},
            new String[] {"--to", "a@b>\r\nRSET", "--text", "x"},
            new String[] {"--to", "a@b.c", "--text", "x", "--subject", "a\r\nBcc: x"},
            new String[] {"--to", "a@b.c", "--text", "x", "--file", "y"},
            new String[] {"--to", "a@b.c", "--text", "x", "--smtp", "nowhere"})) {
      List<String> line = new ArrayList<>(List.of("mail", "send"));
      line.addAll(List.of(wrong));
      assertThat(Tributary.run(shell.shell(), line.toArray(String[]::new)))
          .as("%s", line)
          .isEqualTo(2);
    }
  }

  private int send(ScriptedServer server, String... arguments) {
    List<String> line = new ArrayList<>(List.of("mail", "send"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--smtp", server.address().toString()));
    return Tributary.run(shell.shell(), line.toArray(String[]::new));
  }

  private static String willing(String line) {
    return switch (line.split(" ")[0]) {
      case "connect" -> "220 ready";
      case "EHLO" -> "250-mail.example.com\n250-SIZE 1048576\n250 8BITMIME";
      case "DATA" -> "354 go on";
      case "." -> "250 2.0.0 stored";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static int size(List<String> lines) {
    List<String> data = lines.subList(lines.indexOf("DATA") + 1, lines.indexOf("."));
    return data.stream().mapToInt(line -> line.length() + 2).sum() - 1;
  }
}
