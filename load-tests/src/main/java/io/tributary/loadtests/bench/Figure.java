package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/**
 * What one case came to: a line of JSON, and a line for people. Figures keep four digits.
 *
 * @param json everything, as it is printed
 * @param summary the same, short
 * @param failed calls that failed: with one of them the figure is void
 * @param problems what went wrong, the first few
 */
record Figure(ObjectNode json, String summary, int failed, List<String> problems) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TITLE = "%-34s ";
  private static final MathContext DIGITS = new MathContext(4);

  Figure {
    problems = List.copyOf(problems);
  }

  /**
   * What is measured.
   *
   * @param name of the bench
   * @param variant of it
   * @param floor what it is compared with; empty if with nothing
   * @param target and what it should come to, if that was promised; the key says of what
   */
  record Case(String name, String variant, String floor, Map<String, Double> target) {
    ObjectNode json() {
      return JSON.createObjectNode().put("case", name).put("variant", variant);
    }

    String title() {
      return name + ", " + variant;
    }
  }

  /**
   * Of a case that was compared with its floor.
   *
   * @param facts that belong to it, such as how many calls were in flight
   */
  static Figure of(Case measured, ObjectNode facts, Comparison found) {
    ObjectNode json = measured.json().setAll(facts);
    put(json, "perSecond", found.perSecond());
    put(json, "p50Millis", found.percentileMillis(0.5));
    put(json, "p99Millis", found.percentileMillis(0.99));
    json.put("floor", measured.floor());
    put(json, "floorPerSecond", found.floorPerSecond());
    put(json, "floorP50Millis", found.floorPercentileMillis(0.5));
    put(json, "floorP99Millis", found.floorPercentileMillis(0.99));
    put(json, "ratio", found.ratio());
    rounds(json.putArray("rounds"), found.rounds());
    rounds(json.putArray("floorRounds"), found.floors());
    cpu(json.putObject("cpuMicrosPerCall"), found.spent());
    circumstances(json, found.spent());
    return end(measured, json, summary(measured, found), found.failed(), found.problems());
  }

  /** Of a case that was measured by itself. */
  static Figure alone(Case measured, ObjectNode facts, Comparison found) {
    ObjectNode json = measured.json().setAll(facts);
    put(json, "perSecond", found.perSecond());
    put(json, "p50Millis", found.percentileMillis(0.5));
    put(json, "p99Millis", found.percentileMillis(0.99));
    rounds(json.putArray("rounds"), found.rounds());
    cpu(json.putObject("cpuMicrosPerCall"), found.spent());
    circumstances(json, found.spent());
    String summary = own(measured, found).stripTrailing();
    return end(measured, json, summary, found.failed(), found.problems());
  }

  /** Of a case without a floor: the facts are the figures. */
  static Figure of(
      Case measured, ObjectNode facts, String summary, Spent spent, List<String> problems) {
    ObjectNode json = measured.json().setAll(facts);
    circumstances(json, spent);
    return end(
        measured, json, TITLE.formatted(measured.title()) + summary, problems.size(), problems);
  }

  private static Figure end(
      Case measured, ObjectNode json, String summary, int failed, List<String> problems) {
    ObjectNode target = json.putObject("target");
    measured.target().forEach((key, value) -> put(target, key, value));
    json.put("failed", failed);
    return new Figure(json, summary, failed, problems);
  }

  private static String summary(Case measured, Comparison found) {
    return own(measured, found)
        + "%s %,.0f/s, ratio %.2f"
            .formatted(measured.floor(), found.floorPerSecond(), found.ratio());
  }

  private static String own(Case measured, Comparison found) {
    return (TITLE + "%,9.0f/s  p50 %7.2f ms  p99 %7.2f ms   ")
        .formatted(
            measured.title(),
            found.perSecond(),
            found.percentileMillis(0.5),
            found.percentileMillis(0.99));
  }

  private static void rounds(ArrayNode array, List<Round> rounds) {
    rounds.forEach(round -> array.add(rounded(round.perSecond())));
  }

  private static void cpu(ObjectNode json, Spent spent) {
    spent.microsPerCall().forEach((process, micros) -> put(json, process, micros));
  }

  private static void circumstances(ObjectNode json, Spent spent) {
    put(json, "coresOfOthers", spent.coresOfOthers());
    put(json, "load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static void put(ObjectNode json, String key, double figure) {
    json.put(key, rounded(figure));
  }

  private static BigDecimal rounded(double figure) {
    return Double.isFinite(figure)
        ? new BigDecimal(new BigDecimal(figure).round(DIGITS).stripTrailingZeros().toPlainString())
        : BigDecimal.ZERO;
  }
}
