package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * How many cells a data folder was made for. That is decided once: which users live in which cell
 * stands in it.
 */
final class CellsOfData {
  private final DataFolder folder;

  CellsOfData(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * How many there are, or are to be.
   *
   * @param asked by the command line
   * @throws Failure if that is another number than the folder's
   */
  int count(Optional<Integer> asked) {
    if (asked.isPresent() && (asked.get() < 1 || asked.get() > Shape.CELLS_MAX)) {
      throw new Failure("--cells: %d is not 1 to %d".formatted(asked.get(), Shape.CELLS_MAX));
    }
    Optional<Integer> made = made();
    if (made.isPresent() && asked.isPresent() && !made.equals(asked)) {
      throw new Failure(
          "--cells: %s was made with %d: leave --cells away, or give another --data"
              .formatted(folder.root(), made.get()));
    }
    return made.or(() -> asked).orElse(1);
  }

  private Optional<Integer> made() {
    if (!Files.exists(folder.format())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Files.exists(folder.cells())
              ? Integer.parseInt(Files.readString(folder.cells()).strip())
              : 1);
    } catch (IOException | NumberFormatException damaged) {
      throw new Failure(
          "%s is damaged: it should be the number of cells".formatted(folder.cells()), damaged);
    }
  }

  /** Remembers it. */
  void note(int count) throws IOException {
    if (count > 1) {
      Files.writeString(folder.cells(), count + "\n");
    }
  }
}
