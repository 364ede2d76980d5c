package io.tributary.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows with columns as wide as their widest value, at most as wide as asked. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> heads;
  private final int columnMax;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(int columnMax, String... heads) {
    this.columnMax = columnMax;
    this.heads = List.of(heads);
  }

  public void add(String... values) {
    if (values.length != heads.size()) {
      throw new IllegalArgumentException("a row has " + heads.size() + " values");
    }
    rows.add(IntStream.range(0, values.length).mapToObj(i -> cell(values[i], i)).toList());
  }

  /** The last column may be of any width. */
  private String cell(String value, int column) {
    return column == heads.size() - 1 ? Plain.line(value) : Plain.cut(value, columnMax);
  }

  /** The lines, heads first. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(heads);
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, heads.size())
            .map(column -> all.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - width(row.get(column))))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static int width(String value) {
    return value.codePointCount(0, value.length());
  }
}
