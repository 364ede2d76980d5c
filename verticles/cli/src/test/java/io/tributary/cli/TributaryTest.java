package io.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.shell.ShellOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TributaryTest {
  private final ShellOutput shell = new ShellOutput(Map.of("TRIBUTARY_OPS_PORT", "0"));
  @TempDir Path folder;

  @Test
  void everyCommandShouldExplainItself() {
    List<CommandLine> commands = new ArrayList<>();
    collect(Tributary.commandLine(shell.shell()), commands);

    assertThat(commands).hasSizeGreaterThan(20);
    for (CommandLine command : commands) {
      List<String> line =
          new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ")));
      line.add("--help");
      int code = Tributary.run(shell.shell(), line.subList(1, line.size()).toArray(String[]::new));
      assertThat(code).as("%s", line).isZero();
      assertThat(command.getCommandSpec().usageMessage().description()).as("%s", line).isNotEmpty();
    }
  }

  private static void collect(CommandLine command, List<CommandLine> into) {
    if (!command.getCommandName().equals("help")) {
      into.add(command);
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, into));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user", "mesage", "message list", "message raw alice", "token issue",
        "token issue --operator --user x", "user add", "node run", "up --prot 1", "user show a b"
      })
  void wrongUseShouldExitWithTwoAndPointToTheHelp(String line) {
    assertThat(Tributary.run(shell.shell(), line.split(" "))).isEqualTo(2);

    assertThat(shell.err()).contains("See: tributary ").contains("--help");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void nothingAtAllShouldShowTheHelp() {
    assertThat(Tributary.run(shell.shell())).isEqualTo(2);

    assertThat(shell.err()).contains("a command is missing", "up", "message");
  }

  @Test
  void versionShouldBeTold() {
    assertThat(Tributary.run(shell.shell(), "--version")).isZero();

    assertThat(shell.out()).startsWith("tributary ");
  }

  @Test
  void configurationShouldBeShownWithWhoGaveEachValue() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "smtp:\n  localDomains: [a.example]\n");

    assertThat(Tributary.run(shell.shell(), "config", "show", "--config", file.toString()))
        .isZero();

    assertThat(shell.out())
        .contains("  localDomains: [a.example]  # c.yaml line 2\n")
        .contains("ops:\n  host: 127.0.0.1\n  port: 0  # TRIBUTARY_OPS_PORT\n")
        .contains("  facesFile: ''\n");
    Path shown = Files.writeString(folder.resolve("shown.yaml"), shell.out());
    assertThat(Tributary.run(shell.shell(), "config", "check", "--config", shown.toString()))
        .isZero();
  }

  @Test
  void badConfigurationShouldBeToldWhole() throws IOException {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "smtp:\n  port: x\nring:\n  tokns: 1\n");

    assertThat(Tributary.run(shell.shell(), "config", "check", "--config", file.toString()))
        .isEqualTo(1);

    assertThat(shell.err())
        .contains("2 problems", "smtp.port", "c.yaml line 2", "did you mean ring.tokens?");
  }
}
