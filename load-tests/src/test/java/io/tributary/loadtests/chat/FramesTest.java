package io.tributary.loadtests.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  @Test
  void framesShouldBeWrittenAsTheContractSays() {
    assertThat(Frames.hello("trb_a", "phone", Optional.empty()))
        .isEqualTo("{\"type\":\"hello\",\"token\":\"trb_a\",\"device\":\"phone\"}");
    assertThat(Frames.hello("trb_a", "phone", Optional.of("512"))).endsWith("\"since\":\"512\"}");
    assertThat(Frames.send("r-1", "bob", "say \"hi\""))
        .isEqualTo(
            "{\"type\":\"send\",\"id\":\"r-1\",\"text\":\"say \\\"hi\\\"\",\"to\":[\"chat:bob\"]}");
  }

  @Test
  void framesShouldBeReadAsTheContractSays() {
    ServerFrame sent = ServerFrame.parse("{\"type\":\"sent\",\"id\":\"r-1\",\"seq\":\"512\"}");
    assertThat(sent.id()).contains("r-1");
    assertThat(sent.seq()).contains("512");
    ServerFrame message =
        ServerFrame.parse("{\"type\":\"message\",\"seq\":\"7\",\"message\":{\"text\":\"hi\"}}");
    assertThat(message.text()).contains("hi");
    ServerFrame error =
        ServerFrame.parse("{\"type\":\"error\",\"id\":\"r-1\",\"code\":\"busy\",\"retry\":true}");
    assertThat(error.retry()).isTrue();
    assertThat(error.code()).isEqualTo("busy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "{}", "{\"type\":", "7"})
  void otherFramesShouldBeUnreadable(String frame) {
    assertThat(ServerFrame.parse(frame).type()).isEqualTo("unreadable");
  }
}
