package io.tributary.loadtests.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Floor, case, floor, case, floor: what else the machine does falls on both.
 *
 * @param length of each round
 * @param rounds of the case; the floor has one more
 * @param warmUp of the case, unmeasured; the floor gets half of it
 * @param cpu of the processes that take part
 */
record Turns(Duration length, int rounds, Duration warmUp, CpuTimes cpu) {

  /** Runs one by itself, several times. */
  Comparison alone(List<? extends Lane> subject) throws InterruptedException {
    Round warm = ClosedLoop.run(subject, warmUp);
    List<Round> subjects = new ArrayList<>();
    Spent spent = Spent.NOTHING;
    for (int round = 0; round < rounds; round++) {
      CpuTimes.Reading before = cpu.read();
      Round measured = ClosedLoop.run(subject, length);
      spent = spent.plus(cpu.read().since(before), measured.calls());
      subjects.add(measured);
    }
    return new Comparison(subjects, List.of(), List.of(warm), spent);
  }

  /** Runs both in turn. */
  Comparison compare(List<? extends Lane> subject, List<? extends Lane> floor)
      throws InterruptedException {
    Round warm = ClosedLoop.run(subject, warmUp);
    Round warmFloor = ClosedLoop.run(floor, warmUp.dividedBy(2));
    List<Round> subjects = new ArrayList<>();
    List<Round> floors = new ArrayList<>();
    Spent spent = Spent.NOTHING;
    floors.add(ClosedLoop.run(floor, length));
    for (int round = 0; round < rounds; round++) {
      CpuTimes.Reading before = cpu.read();
      Round measured = ClosedLoop.run(subject, length);
      spent = spent.plus(cpu.read().since(before), measured.calls());
      subjects.add(measured);
      floors.add(ClosedLoop.run(floor, length));
    }
    return new Comparison(subjects, floors, List.of(warm, warmFloor), spent);
  }
}
