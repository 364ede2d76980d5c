package io.tributary.loadtests.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows as a table, and under it what each drill shows. */
final class Table {
  private static final List<String> HEAD =
      List.of(
          "drill",
          "acked",
          "found",
          "lost",
          "doubled",
          "gaps",
          "repeats",
          "outage p50",
          "max",
          "errors seen");

  private Table() {}

  static String of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(
                column ->
                    lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    String table =
        lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n"));
    return table + "\n\n" + rows.stream().map(Table::notes).collect(Collectors.joining("\n"));
  }

  private static List<String> cells(Row row) {
    Row.Findings found = row.findings();
    return List.of(
        row.drill(),
        Integer.toString(found.acknowledged()),
        Integer.toString(found.found()),
        Integer.toString(found.missing()),
        Integer.toString(found.doubled()),
        Integer.toString(found.gaps()),
        Integer.toString(found.repeats()),
        seconds(row.outages().p50Millis()),
        seconds(row.outages().maxMillis()),
        errors(row));
  }

  private static String seconds(double millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
  }

  private static String errors(Row row) {
    return row.errors().isEmpty()
        ? "none"
        : new TreeMap<>(row.errors())
            .entrySet().stream()
                .map(error -> error.getValue() + " × " + error.getKey())
                .collect(Collectors.joining(", "));
  }

  private static String padded(List<String> line, int[] widths) {
    return IntStream.range(0, line.size())
        .mapToObj(
            column ->
                column == 0 || column == line.size() - 1
                    ? String.format("%-" + widths[column] + "s", line.get(column))
                    : String.format("%" + widths[column] + "s", line.get(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String notes(Row row) {
    StringBuilder notes =
        new StringBuilder(row.drill()).append(row.passed() ? ": passed\n" : ": FAILED\n");
    row.claims().forEach(claim -> notes.append("  ").append(claim.text()).append('\n'));
    row.faults().forEach(fault -> notes.append("  ! ").append(fault).append('\n'));
    return notes.toString();
  }
}
