package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one {@code up} consists of: its cells, and how many nodes each has. A single cell shares its
 * HBase with the directory; several have one each, and the directory one of its own.
 *
 * @param cells their names, the first one's first
 * @param nodes in each cell
 */
record Shape(List<String> cells, int nodes) {
  static final String ZOOKEEPER = "zookeeper";

  /** More would only fight for one machine. */
  static final int CELLS_MAX = 4;

  static final int NODES_MAX = 8;

  private static final String HBASE = "hbase";
  private static final String DIRECTORY = "directory";

  Shape {
    cells = List.copyOf(cells);
  }

  /**
   * @param first name of the first cell: {@code c1} is followed by {@code c2}, any other name by
   *     itself with a number
   */
  static Shape of(String first, int cells, int nodes) {
    return new Shape(
        IntStream.rangeClosed(1, cells).mapToObj(number -> numbered(first, number)).toList(),
        nodes);
  }

  /** A name's sequel; the first is the name itself. */
  static String numbered(String first, int number) {
    if (number == 1) {
      return first;
    }
    return (first.endsWith("1") ? first.substring(0, first.length() - 1) : first + "-") + number;
  }

  boolean severalCells() {
    return cells.size() > 1;
  }

  /**
   * One node.
   *
   * @param name of its process and its files
   * @param number in its cell, from 1
   */
  record Member(String name, String cell, int number) {
    Path config(DataFolder folder) {
      return folder.run().resolve(name + ".yaml");
    }

    /** Where it says on which ports it listens. */
    Path faces(DataFolder folder) {
      return folder.run().resolve(name + ".faces.json");
    }
  }

  List<Member> members() {
    return cells.stream()
        .flatMap(cell -> IntStream.rangeClosed(1, nodes).mapToObj(number -> member(cell, number)))
        .toList();
  }

  private Member member(String cell, int number) {
    String name = severalCells() ? "node-" + cell + "-" + number : "node-" + number;
    return new Member(name, cell, number);
  }

  /** The node that listens where it is configured to. */
  Member front() {
    return member(cells.get(0), 1);
  }

  /** The HBase of a cell: name of its process, its folder and its place in ZooKeeper. */
  String hbaseOf(String cell) {
    return severalCells() ? HBASE + "-" + cell : HBASE;
  }

  /** The directory's. */
  String directoryHBase() {
    return severalCells() ? HBASE + "-" + DIRECTORY : HBASE;
  }

  /** All, each once. */
  List<String> hbases() {
    return Stream.concat(Stream.of(directoryHBase()), cells.stream().map(this::hbaseOf))
        .distinct()
        .toList();
  }

  /** Names of all processes, in the order of their start. */
  List<String> services() {
    return Stream.of(Stream.of(ZOOKEEPER), hbases().stream(), members().stream().map(Member::name))
        .flatMap(names -> names)
        .toList();
  }
}
