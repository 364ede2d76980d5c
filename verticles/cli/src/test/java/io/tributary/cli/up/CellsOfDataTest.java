package io.tributary.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellsOfDataTest {
  @TempDir private Path temporary = Path.of("");

  private CellsOfData data() {
    return new CellsOfData(new DataFolder(temporary));
  }

  private void made(int cells) throws IOException {
    Files.writeString(temporary.resolve("format"), "tributary data 1\n");
    data().note(cells);
  }

  @Test
  void aNewFolderShouldGetWhatIsAsked() {
    assertThat(data().count(Optional.empty())).isEqualTo(1);
    assertThat(data().count(Optional.of(3))).isEqualTo(3);
  }

  @Test
  void aFolderShouldKeepWhatItHas() throws IOException {
    made(2);
    assertThat(data().count(Optional.empty())).isEqualTo(2);
    assertThat(data().count(Optional.of(2))).isEqualTo(2);
    assertThatThrownBy(() -> data().count(Optional.of(3)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("was made with 2");
  }

  @Test
  void aFolderOfOneCellShouldNotBecomeTwo() throws IOException {
    made(1);
    assertThat(data().count(Optional.of(1))).isEqualTo(1);
    assertThatThrownBy(() -> data().count(Optional.of(2))).hasMessageContaining("was made with 1");
  }

  @Test
  void numbersNobodyCanHaveShouldBeRefused() throws IOException {
    for (int cells : new int[] {0, -1, 5}) {
      assertThatThrownBy(() -> data().count(Optional.of(cells)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("is not 1 to 4");
    }
    made(1);
    Files.writeString(temporary.resolve("cells"), "many");
    assertThatThrownBy(() -> data().count(Optional.empty())).hasMessageContaining("is damaged");
  }
}
