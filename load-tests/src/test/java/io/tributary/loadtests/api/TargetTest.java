package io.tributary.loadtests.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
  private static final String READY =
      """
      {"smtp":"127.0.0.1:2525","http":"127.0.0.1:8080","grpc":"127.0.0.1:9090","ops":"127.0.0.1:9091",
       "publicUrl":"http://127.0.0.1:8080/","operatorToken":"trb_o","sms":{"account":"ACdemo","authToken":"s"},
       "users":[{"name":"alice","email":"alice@example.com","phone":"+12025550101","token":"trb_a"}]}
      """;

  @TempDir Path folder;

  @Test
  void aReadyFileShouldBeUnderstood() throws IOException {
    Target target = Target.read(written(READY));

    assertThat(target.faces().smtp().getPort()).isEqualTo(2525);
    assertThat(target.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(target.sms()).isEqualTo(new Target.SmsAccount("ACdemo", "s"));
    assertThat(target.users())
        .containsExactly(new LoadUser("alice", "alice@example.com", "+12025550101", "trb_a"));
  }

  @Test
  void allNodesShouldBeUnderstoodAndProvidersCallEachByItsName() throws IOException {
    String nodes =
        """
        "nodes":[{"name":"node-c2-1","cell":"c2","smtp":"127.0.0.1:1","http":"127.0.0.1:2",
         "grpc":"127.0.0.1:3","ops":"127.0.0.1:4"}],
        """;
    Target target = Target.read(written("{" + nodes + READY.strip().substring(1)));

    Target.Node node = target.nodes().get(0);
    assertThat(node.name() + " " + node.cell()).isEqualTo("node-c2-1 c2");
    assertThat(node.ops().getPort()).isEqualTo(4);
    assertThat(target.publicUrl(node.faces().http())).isEqualTo(URI.create("http://127.0.0.1:2"));
    Target named = Target.read(written(READY.replace("http://127.0.0.1:8080/", "https://x.test/")));
    assertThat(named.publicUrl(node.faces().http())).isEqualTo(URI.create("https://x.test"));
  }

  @Test
  void aMissingFileShouldSayWhatToDo() {
    refused(folder.resolve("nix"), "tributary up");
  }

  @Test
  void aFileThatIsNotJsonShouldBeRefused() throws IOException {
    refused(written("hello"), "can't be read");
  }

  @Test
  void aFolderShouldBeRefused() {
    refused(folder, "can't be read");
  }

  @Test
  void whatIsMissingShouldBeNamed() throws IOException {
    refused(written("{}"), "\"smtp\"");
    refused(written(READY.replace("127.0.0.1:9090", "9090")), "\"grpc\"");
    refused(written(READY.replace("operatorToken", "token")), "\"operatorToken\"");
    refused(written(READY.replaceAll("\"users\":.*", "\"users\":[]}")), "\"users\"");
    refused(written("[]"), "\"smtp\"");
  }

  private static void refused(Path file, String named) {
    assertThatExceptionOfType(UnusableTargetException.class)
        .isThrownBy(() -> Target.read(file))
        .withMessageContaining(named);
  }

  private Path written(String json) throws IOException {
    return Files.writeString(folder.resolve("ready.json"), json);
  }
}
