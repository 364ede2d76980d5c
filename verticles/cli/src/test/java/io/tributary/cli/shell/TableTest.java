package io.tributary.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsShouldBeAsWideAsTheirWidestValue() {
    Table table = new Table(8, "NAME", "ID");
    table.add("alice", "1");
    table.add("a-very-long-name", "a-last-column-of-any-width");

    assertThat(table.lines())
        .containsExactly("NAME      ID", "alice     1", "a-very-…  a-last-column-of-any-width");
  }

  @Test
  void valuesFromElsewhereShouldStayOnTheirLine() {
    Table table = new Table(20, "SUBJECT", "ID");
    table.add("two\nlines\u001b[31m", "1");

    assertThat(table.lines().get(1)).isEqualTo("two lines?[31m  1");
  }
}
