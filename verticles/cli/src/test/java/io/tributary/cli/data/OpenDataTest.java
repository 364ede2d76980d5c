package io.tributary.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDataTest {
  @TempDir Path temporary;

  @Test
  void folderShouldBeMadeAtTheFirstStartAndUsedAgain() throws IOException {
    DataFolder folder = folder();
    for (int start = 0; start < 2; start++) {
      OpenData.check(folder);
      try (OpenData open = OpenData.open(folder)) {
        assertThat(open.folder()).isEqualTo(folder);
      }
    }
    assertThat(folder.format()).hasContent("tributary data 1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.secrets())))
        .isEqualTo("rwx------");
  }

  @Test
  void checkShouldMakeNothing() throws IOException {
    OpenData.check(folder());

    assertThat(entries(temporary)).isEmpty();
  }

  @Test
  void secondSupervisorShouldBeToldWhoIsThere() throws IOException {
    DataFolder folder = folder();
    try (OpenData open = OpenData.open(folder)) {
      assertRefused(open.folder(), "already runs", Long.toString(ProcessHandle.current().pid()));
      assertThatThrownBy(() -> OpenData.open(folder)).hasMessageContaining("already runs");
    }
    assertThatCode(() -> OpenData.check(folder)).doesNotThrowAnyException();
  }

  @Test
  void folderOfSomebodyElseShouldBeLeftAlone() throws IOException {
    Files.writeString(temporary.resolve("letter.txt"), "dear");

    assertRefused(new DataFolder(temporary), "not empty", "--data");
    assertThat(entries(temporary)).containsExactly("letter.txt");
  }

  @Test
  void newerOrDamagedFormatShouldBeRefused() throws IOException {
    DataFolder folder = folder();
    OpenData.open(folder).close();

    Files.writeString(folder.format(), "tributary data 2\n");
    assertRefused(folder, "format 2", "up to 1");
    Files.writeString(folder.format(), "x".repeat(1_000));
    assertRefused(folder, "is damaged", "backup");
  }

  @Test
  void pathThatCannotBecomeAFolderShouldBeRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertRefused(new DataFolder(file), "can't be written", "is not a folder");
    assertRefused(new DataFolder(file.resolve("below")), "is not a folder", "--data");
    assertThatThrownBy(() -> OpenData.open(new DataFolder(Path.of("/proc/tributary"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("can't be written")
        .hasMessageNotContaining("Exception");
  }

  private DataFolder folder() {
    return new DataFolder(temporary.resolve("data"));
  }

  private static void assertRefused(DataFolder folder, String... words) {
    assertThatThrownBy(() -> OpenData.check(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(folder.root().toString())
        .hasMessageContainingAll(words);
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
