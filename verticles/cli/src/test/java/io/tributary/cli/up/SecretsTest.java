package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.cli.data.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path temporary;
  private DataFolder folder = new DataFolder(Path.of(""));

  @BeforeEach
  void makeFolder() throws IOException {
    folder = new DataFolder(temporary);
    Files.createDirectory(folder.secrets());
  }

  @Test
  void tokensShouldBeMadeOnceAndKeptForTheOwnerOnly() throws IOException {
    Secrets first = Secrets.of(folder, Optional.empty());
    first.ensureSms("ACdemo");
    String sms = Files.readString(folder.smsToken("ACdemo"));
    first.keepUser("alice", "trb_alice");

    Secrets again = Secrets.of(folder, Optional.empty());

    assertThat(first.operator()).matches("trb_[A-Za-z0-9_-]{43}").isEqualTo(again.operator());
    again.ensureSms("ACdemo");
    assertThat(Files.readString(folder.smsToken("ACdemo")))
        .matches("[0-9a-f]{32}\\n")
        .isEqualTo(sms);
    assertThat(again.user("alice")).contains("trb_alice");
    assertThat(again.user("bob")).isEmpty();
    for (Path file :
        new Path[] {folder.operatorToken(), folder.userToken("alice"), folder.smsToken("ACdemo")}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void twoFoldersShouldNotShareASecret() throws IOException {
    DataFolder other = new DataFolder(temporary.resolve("other"));
    Files.createDirectories(other.secrets());

    assertThat(Secrets.of(other, Optional.empty()).operator())
        .isNotEqualTo(Secrets.of(folder, Optional.empty()).operator());
  }

  @Test
  void operatorsTokenMayBeKeptElsewhere() throws IOException {
    Path file = Files.writeString(temporary.resolve("token"), "trb_own\n");

    assertThat(Secrets.of(folder, Optional.of(file)).operator()).isEqualTo("trb_own");
    assertThat(folder.operatorToken()).doesNotExist();
  }
}
