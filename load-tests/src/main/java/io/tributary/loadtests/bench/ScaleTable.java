package io.tributary.loadtests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Layouts side by side, a table for each case, and where the processor's time goes. */
final class ScaleTable {
  private static final int TITLE_WIDTH = 34;

  private ScaleTable() {}

  static String of(List<Scaled> all) {
    return all.stream()
        .map(Scaled::name)
        .distinct()
        .map(name -> table(name, all.stream().filter(one -> one.name().equals(name)).toList()))
        .collect(Collectors.joining("\n"));
  }

  private static String table(String name, List<Scaled> layouts) {
    double first = layouts.get(0).perSecond();
    List<String> lines = new ArrayList<>();
    lines.add(line(name, layouts, layout -> layout.layout().toString()));
    lines.add(line("a second", layouts, figure("%,.0f", Scaled::perSecond)));
    lines.add(
        line(
            "beside " + layouts.get(0).layout(),
            layouts,
            figure("%.2f", layout -> layout.perSecond() / first)));
    lines.add(line("p50 ms", layouts, figure("%.1f", percentile(0.5))));
    lines.add(line("p99 ms", layouts, figure("%.1f", percentile(0.99))));
    for (Scaled.Part part : Scaled.Part.values()) {
      lines.add(
          line(
              part + ", µs of processor each",
              layouts,
              figure("%,.0f", layout -> layout.micros().getOrDefault(part, 0.0))));
    }
    lines.add(
        line(
            "together",
            layouts,
            figure(
                "%,.0f",
                layout ->
                    layout.micros().values().stream().mapToDouble(Double::doubleValue).sum())));
    lines.add(
        line(
            "processors that others kept busy",
            layouts,
            figure("%.2f", layout -> layout.found().spent().coresOfOthers())));
    return String.join("\n", lines) + "\n";
  }

  private static ToDoubleFunction<Scaled> percentile(double part) {
    return layout -> layout.found().percentileMillis(part);
  }

  private static Function<Scaled, String> figure(String form, ToDoubleFunction<Scaled> figure) {
    return layout -> String.format(Locale.ROOT, form, figure.applyAsDouble(layout));
  }

  private static String line(String title, List<Scaled> layouts, Function<Scaled, String> cell) {
    return String.format("%-" + TITLE_WIDTH + "s", title)
        + layouts.stream()
            .map(layout -> String.format("%12s", cell.apply(layout)))
            .collect(Collectors.joining());
  }
}
