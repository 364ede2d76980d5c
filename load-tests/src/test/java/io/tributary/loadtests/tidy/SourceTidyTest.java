package io.tributary.loadtests.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sizes, names and calls that we don't want back. */
class SourceTidyTest {
  private static final int LINES_MAX = 300;

  /** What not to call, what to call instead, and where it is right all the same. */
  private record Ban(String pattern, String instead, String exceptIn) {
    boolean appliesTo(String file) {
      return exceptIn.isEmpty() || !Pattern.compile(exceptIn).matcher(file).find();
    }
  }

  private static final List<Ban> BANS =
      List.of(
          new Ban("Thread\\.sleep", "await a condition, or schedule", ""),
          new Ban("printStackTrace\\(", "log once, as key=value", ""),
          new Ban(
              "System\\.(out|err)\\b",
              "slf4j, or the command's own output",
              "verticles/cli/|Main\\.java|hbase-async/embedded/|zookeeper/EmbeddedZooKeeper|load-tests/"),
          new Ban(
              "\\.blocking(Get|Await|First|Last|Subscribe|ForEach|Iterable)\\(",
              "compose; never block",
              "verticles/cli/"),
          new Ban(
              "System\\.currentTimeMillis|Instant\\.now\\(|Clock\\.system",
              "the injected clock",
              "Main\\.java|/Clocks\\.java|verticles/cli/|hbase-async/embedded/|load-tests/"),
          new Ban(
              "new (java\\.util\\.)?Random\\(|Math\\.random",
              "the injected randomness",
              "load-tests/"),
          new Ban("\\b(TODO|FIXME|XXX|HACK)\\b", "do it, or write the limit down", ""));

  @Test
  void sourcesShouldNotCallWhatIsBanned() {
    List<String> found = new ArrayList<>();
    for (Path file : Repository.mainSources()) {
      String source = Repository.read(file);
      for (Ban ban : BANS) {
        if (ban.appliesTo(Repository.name(file))
            && Pattern.compile(ban.pattern).matcher(source).find()) {
          found.add(
              Repository.name(file) + " uses " + ban.pattern + "; use instead: " + ban.instead);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void testsShouldNeitherSleepNorBeSwitchedOff() {
    Pattern pattern = Pattern.compile("Thread\\.sle" + "ep|@Disab" + "led|assume(True|That)\\(");
    assertThat(Repository.filesEndingIn(".java"))
        .filteredOn(file -> Repository.name(file).contains("src/test/"))
        .filteredOn(file -> !file.endsWith("SourceTidyTest.java"))
        .filteredOn(file -> pattern.matcher(Repository.read(file)).find())
        .isEmpty();
  }

  @Test
  void filesShouldStayShort() {
    assertThat(Repository.mainSources())
        .filteredOn(file -> Repository.read(file).lines().count() > LINES_MAX)
        .as("over " + LINES_MAX + " lines")
        .isEmpty();
  }

  @Test
  void packagesShouldSayWhatTheyAreAbout() {
    Pattern vague = Pattern.compile("/(util|utils|common|impl|manager|helper|helpers|misc)/");
    assertThat(Repository.mainSources())
        .filteredOn(file -> vague.matcher(Repository.name(file)).find())
        .isEmpty();
  }

  @Test
  void everyPackageShouldBeNullMarkedAndSayWhatItIs() {
    assertThat(Repository.mainSources().stream().map(Path::getParent).distinct())
        .filteredOn(
            folder -> {
              Path info = folder.resolve("package-info.java");
              return !info.toFile().exists()
                  || !Repository.read(info).contains("@NullMarked")
                  || !Repository.read(info).contains("/**");
            })
        .isEmpty();
  }
}
