package io.tributary.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.shell.HostPort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadyTest {
  private static final Ready.Faces FACES =
      new Ready.Faces(
          new HostPort("127.0.0.1", 2525),
          new HostPort("127.0.0.1", 8080),
          new HostPort("::1", 9090),
          new HostPort("127.0.0.1", 9091));

  private static final Ready READY =
      new Ready(
          FACES,
          "http://127.0.0.1:8080",
          "trb_operator",
          new Ready.Sms("ACdemo", "secret"),
          List.of(new Ready.User("alice", "alice@example.com", "+12025550101", "trb_alice")),
          Optional.empty(),
          List.of(new Ready.Node("node-1", "c1", FACES)));

  @TempDir Path folder;

  @Test
  void fileShouldHaveTheShapeThatOthersRely() {
    assertThat(new JsonObject(READY.json()))
        .isEqualTo(
            new JsonObject(
                """
                {"smtp":"127.0.0.1:2525","http":"127.0.0.1:8080","grpc":"[::1]:9090","ops":"127.0.0.1:9091",
                 "publicUrl":"http://127.0.0.1:8080","operatorToken":"trb_operator",
                 "sms":{"account":"ACdemo","authToken":"secret"},
                 "users":[{"name":"alice","email":"alice@example.com","phone":"+12025550101","token":"trb_alice"}],
                 "nodes":[{"name":"node-1","cell":"c1",
                  "smtp":"127.0.0.1:2525","http":"127.0.0.1:8080","grpc":"[::1]:9090","ops":"127.0.0.1:9091"}]}
                """));
  }

  @Test
  void fileShouldBeReadAsWrittenAndBeForTheOwnerOnly() throws IOException {
    Path file = folder.resolve("ready.json");
    PrivateFile.write(file, "something older and much longer than what comes after it".repeat(50));
    PrivateFile.write(file, READY.json());

    assertThat(Ready.read(file)).contains(READY);
    assertThat(READY.tokenOf("alice")).contains("trb_alice");
    assertThat(READY.tokenOf("bob")).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("ready.json");
  }

  @Test
  void missingFileShouldMeanNotReady() throws IOException {
    assertThat(Ready.read(folder.resolve("ready.json"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"smtp\":1}", "null", "{\"smtp\":\"a:1\",\"http\":\"x\"}"})
  void damagedFileShouldBeNamed(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("ready.json"), text);

    assertThatThrownBy(() -> Ready.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ready.json is damaged");
  }
}
