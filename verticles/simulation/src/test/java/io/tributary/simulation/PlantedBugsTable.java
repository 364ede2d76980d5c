package io.tributary.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code docs/planted-bugs.md}: which seed is known to find a bug. It saves the build
 * the search; where it isn't true any more, the search is made.
 */
final class PlantedBugsTable {
  private static final Path TABLE = Path.of("../../docs/planted-bugs.md");

  private PlantedBugsTable() {}

  static OptionalLong seedOf(String bug) throws IOException {
    Matcher row =
        Pattern.compile("\\| " + Pattern.quote(bug) + " \\| ([0-9]+) \\|")
            .matcher(Files.readString(TABLE));
    return row.find() ? OptionalLong.of(Long.parseLong(row.group(1))) : OptionalLong.empty();
  }
}
