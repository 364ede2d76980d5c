package io.tributary.loadtests.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The documents lead where they say, and say what is there. */
class DocsTidyTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final int README_LINES_MAX = 60;

  @Test
  void linksShouldLeadToFiles() {
    List<String> broken = new ArrayList<>();
    for (Path document : Repository.filesEndingIn(".md")) {
      LINK.matcher(Repository.read(document))
          .results()
          .map(link -> link.group(1))
          .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
          .filter(target -> !Files.exists(document.resolveSibling(target)))
          .forEach(target -> broken.add(Repository.name(document) + " -> " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void decisionsShouldBeNumberedWithoutGapsAndHaveTheirSections() {
    List<Path> decisions =
        Repository.filesEndingIn(".md").stream()
            .filter(file -> Repository.name(file).startsWith("docs/adr/"))
            .filter(file -> !file.endsWith("README.md"))
            .toList();
    List<Integer> numbers =
        decisions.stream()
            .map(file -> Integer.parseInt(file.getFileName().toString().substring(0, 4)))
            .toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, decisions.size()).boxed().toList());
    assertThat(decisions)
        .allSatisfy(
            file ->
                assertThat(Repository.read(file))
                    .as(Repository.name(file))
                    .containsIgnoringCase("status")
                    .contains("## Context", "## Decision", "## Alternatives", "## Consequences"));
  }

  @Test
  void moduleMapShouldEqualThePoms() {
    TreeSet<String> modules = new TreeSet<>();
    for (Path pom : Repository.filesEndingIn("pom.xml")) {
      MODULE
          .matcher(Repository.read(pom))
          .results()
          .map(
              (MatchResult module) ->
                  Repository.name(pom.resolveSibling(module.group(1)).normalize()))
          .forEach(modules::add);
    }
    String architecture = Repository.read(Repository.ROOT.resolve("ARCHITECTURE.md"));
    TreeSet<String> mapped = new TreeSet<>();
    Pattern.compile("\\| \\[`([a-z/-]+)`\\]\\([^)]*README\\.md\\) \\|")
        .matcher(architecture)
        .results()
        .forEach(row -> mapped.add(row.group(1)));
    assertThat(mapped).isEqualTo(modules);
  }

  @Test
  void everyModuleShouldHaveAShortReadmeThatSaysWhy() {
    assertThat(Repository.filesEndingIn("pom.xml"))
        .filteredOn(pom -> !Repository.name(pom).equals("pom.xml"))
        .allSatisfy(
            pom -> {
              Path readme = pom.resolveSibling("README.md");
              assertThat(readme).exists();
              assertThat(Repository.read(readme)).as(Repository.name(readme)).contains("## Why");
              assertThat(Repository.read(readme).lines().count())
                  .as(Repository.name(readme))
                  .isLessThanOrEqualTo(README_LINES_MAX);
            });
  }

  @Test
  void nothingShouldNameAMachine() {
    Pattern machine = Pattern.compile("(?<![\\w.])/(work|root|home)/[a-z]");
    List<String> named = new ArrayList<>();
    for (String ending : List.of(".md", ".java", ".xml", ".yaml", ".proto", "tributary")) {
      Repository.filesEndingIn(ending).stream()
          .filter(file -> !file.endsWith("DocsTidyTest.java"))
          .filter(file -> machine.matcher(Repository.read(file)).find())
          .forEach(file -> named.add(Repository.name(file)));
    }
    assertThat(named).isEmpty();
  }
}
