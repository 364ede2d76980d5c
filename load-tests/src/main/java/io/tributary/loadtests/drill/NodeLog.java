package io.tributary.loadtests.drill;

import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lines that nodes wrote, each of them beginning with its time. */
record NodeLog(Path file) {

  /** A line, in milliseconds since 1970. */
  record Line(long atMillis, String text) {}

  static NodeLog of(Installation installation, String node) {
    return new NodeLog(installation.file("log/" + node + ".log"));
  }

  /** Those that hold all these words, in their order. */
  List<Line> lines(String... words) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> Stream.of(words).allMatch(line::contains))
          .map(NodeLog::line)
          .flatMap(Optional::stream)
          .toList();
    }
  }

  private static Optional<Line> line(String text) {
    int space = text.indexOf(' ');
    try {
      return Optional.of(
          new Line(
              OffsetDateTime.parse(text.substring(0, space)).toInstant().toEpochMilli(), text));
    } catch (RuntimeException continued) {
      return Optional.empty(); // of a stack trace
    }
  }

  /** The node that leads its cell, as the nodes' logs have it. */
  static Target.Node leader(Installation installation, List<Target.Node> nodes) throws IOException {
    Target.Node leader = nodes.get(0);
    long since = Long.MIN_VALUE;
    for (Target.Node node : nodes) {
      Optional<Line> last =
          of(installation, node.name()).lines("event=ring.leader ", "cell=" + node.cell()).stream()
              .max(Comparator.comparingLong(Line::atMillis));
      if (last.isPresent()
          && last.get().text().contains("leads=true")
          && last.get().atMillis() > since) {
        leader = node;
        since = last.get().atMillis();
      }
    }
    return leader;
  }
}
