package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWriterTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenShouldBeReadAsTheSame() throws IOException {
    Path token = Files.writeString(folder.resolve("it's a token"), "trb_x");
    Map<String, String> overrides =
        Map.of(
            "smtp.port", "0",
            "smtp.localDomains", "no,b.example",
            "grpc.host", "::1",
            "zookeeper.connect", "a:1,b:2/tributary",
            "node.facesFile", folder.resolve("faces.json").toString(),
            "directory.operatorTokenFile", token.toString());
    TributaryConfig config = ConfigLoader.load(Optional.empty(), Map.of(), overrides);

    Path written = Files.writeString(folder.resolve("c.yaml"), ConfigWriter.yaml(config));

    assertThat(config.smtp().localDomains()).containsExactly("no", "b.example");
    assertThat(ConfigLoader.load(Optional.of(written), Map.of())).isEqualTo(config);
  }

  @Test
  void accountsShouldBeReadAsTheSame() throws IOException {
    Path secret = Files.writeString(folder.resolve("it's {a}, #secret"), "x");
    TributaryConfig config =
        ConfigLoader.load(Optional.empty(), Map.of())
            .and(new SmsAccountConfig("twilio", "AC1", "", List.of(secret, secret), "enforce"))
            .and(new SmsAccountConfig("vonage", "v", "it's", List.of(secret), "shadow"));

    Path written = Files.writeString(folder.resolve("c.yaml"), ConfigWriter.yaml(config));

    assertThat(ConfigLoader.load(Optional.of(written), Map.of())).isEqualTo(config);
  }

  @Test
  void overridesShouldBeCheckedAndWinOverTheEnvironment() {
    Map<String, String> environment = Map.of("TRIBUTARY_SMTP_PORT", "1");

    TributaryConfig config =
        ConfigLoader.load(Optional.empty(), environment, Map.of("smtp.port", "2"));

    assertThat(config.smtp().port()).isEqualTo(2);
  }
}
