package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.Tributary;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.ShellOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstStepsTest {
  private static final String LAUNCHER = "./tributary";
  private static final Ready.Faces FACES =
      Ready.Faces.parse(
          "{\"smtp\":\"0.0.0.0:25\",\"http\":\"127.0.0.1:1\",\"grpc\":\"127.0.0.1:2\","
              + "\"ops\":\"127.0.0.1:3\"}");
  private static final List<Ready.User> USERS =
      List.of(
          new Ready.User("alice", "alice@example.com", "+12025550101", "t1"),
          new Ready.User("bob", "bob@example.com", "+12025550102", "t2"));

  @Test
  void everyCommandShouldBeOneThatThereIs() {
    List<String> lines = new FirstSteps(LAUNCHER, " --data /tmp/x").lines(USERS, FACES);

    List<String> ours = lines.stream().filter(line -> line.startsWith(LAUNCHER)).toList();
    assertThat(ours).hasSize(5).allMatch(line -> line.endsWith(" --data /tmp/x"));
    for (String line : ours) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      words.add("--help");
      ShellOutput shell = new ShellOutput(Map.of());
      int code =
          Tributary.run(shell.shell(), words.subList(1, words.size()).toArray(String[]::new));
      assertThat(code).as(line + "\n" + shell.err()).isZero();
    }
  }

  @Test
  void everyChannelShouldBeThereAndNoSecret() {
    String all = String.join("\n", new FirstSteps(LAUNCHER, "").lines(USERS, FACES));

    assertThat(all)
        .contains(
            "mail send --to alice@example.com",
            "sms send --to +12025550101",
            "message send --from bob --to alice",
            "swaks --server 127.0.0.1:25",
            "./tributary chat alice")
        .doesNotContain("t1", "t2");
  }

  @Test
  void withoutUsersThereIsNothingToTry() {
    assertThat(new FirstSteps(LAUNCHER, "").lines(List.of(), FACES)).isEmpty();
  }
}
