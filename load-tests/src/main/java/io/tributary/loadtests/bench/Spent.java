package io.tributary.loadtests.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Processor time that some calls took.
 *
 * @param micros by process
 * @param machineMicros of all processes, also of those that have nothing to do with it
 * @param elapsedMicros time that went by
 * @param calls how many
 */
record Spent(Map<String, Long> micros, long machineMicros, long elapsedMicros, long calls) {
  static final Spent NOTHING = new Spent(Map.of(), 0, 0, 0);

  Spent plus(Spent more, int ofCalls) {
    Map<String, Long> sum = new LinkedHashMap<>(micros);
    more.micros.forEach((name, spent) -> sum.merge(name, spent, Long::sum));
    return new Spent(
        sum,
        machineMicros + more.machineMicros,
        elapsedMicros + more.elapsedMicros,
        calls + ofCalls);
  }

  /** By process; empty if there was no call. */
  Map<String, Double> microsPerCall() {
    Map<String, Double> perCall = new LinkedHashMap<>();
    if (calls > 0) {
      micros.forEach((name, spent) -> perCall.put(name, (double) spent / calls));
    }
    return perCall;
  }

  /** How many processors a process kept busy. */
  double cores(String process) {
    return elapsedMicros == 0 ? 0 : (double) micros.getOrDefault(process, 0L) / elapsedMicros;
  }

  /** How many processors others kept busy meanwhile: above 0.2 it is better to measure again. */
  double coresOfOthers() {
    long ours = micros.values().stream().mapToLong(Long::longValue).sum();
    return elapsedMicros == 0 ? 0 : Math.max(0, (double) (machineMicros - ours) / elapsedMicros);
  }
}
