package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import io.tributary.config.ConfigLoader;
import io.tributary.config.SmsAccountConfig;
import io.tributary.config.TributaryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSmsTest {
  @TempDir Path temporary;
  private DataFolder folder = new DataFolder(Path.of(""));

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new DataFolder(temporary);
    Files.createDirectory(folder.secrets());
  }

  @Test
  void accountShouldBeAddedBesideThoseOfTheFileWithATokenThatIsKept() throws IOException {
    Path token = Files.writeString(temporary.resolve("own"), "own\n");
    SmsAccountConfig own = new SmsAccountConfig("twilio", "main", "AC1", List.of(token), "shadow");

    TributaryConfig config = demoIn(defaults().and(own));

    assertThat(config.sms().accounts()).hasSize(2).startsWith(own);
    assertThat(DemoSms.account(config).authToken()).matches("[0-9a-f]{32}");
    assertThat(DemoSms.account(demoIn(defaults()))).isEqualTo(DemoSms.account(config));
    assertThat(DemoSms.account(config).account()).isEqualTo("ACdemo");
  }

  @Test
  void accountOfTheFileShouldStayAsItIs() throws IOException {
    Path token = Files.writeString(temporary.resolve("own"), "own\n");
    TributaryConfig config =
        defaults().and(new SmsAccountConfig("twilio", "ACdemo", "", List.of(token), "shadow"));

    assertThat(demoIn(config)).isEqualTo(config);
    assertThat(DemoSms.account(config).authToken()).isEqualTo("own");
    assertThat(folder.smsToken("ACdemo")).doesNotExist();
  }

  private TributaryConfig demoIn(TributaryConfig config) {
    return DemoSms.in(config, folder, Secrets.of(folder, Optional.empty()));
  }

  private static TributaryConfig defaults() {
    return ConfigLoader.load(Optional.empty(), Map.of());
  }
}
