package io.tributary.loadtests.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Floor, case, floor, case, floor: what else the machine does falls on both.
 *
 * @param length of each round
 * @param rounds of the case; the floor has one more
 * @param warmUp of the case, unmeasured; the floor gets half of it, at most 30 s; a case by itself
 *     as often as it becomes a tenth faster by it
 * @param cpu of the processes that take part
 */
record Turns(Duration length, int rounds, Duration warmUp, CpuTimes cpu) {

  private static final double STILL_FASTER = 1.1;
  private static final int WARM_UPS_MAX = 6;
  private static final Duration FLOOR_WARM_UP_MAX = Duration.ofSeconds(30);

  /** Runs one by itself, several times, once it has stopped becoming faster. */
  Comparison alone(List<? extends Lane> subject) throws InterruptedException {
    List<Round> warmUps = warmedUp(subject);
    List<Round> subjects = new ArrayList<>();
    Spent spent = Spent.NOTHING;
    for (int round = 0; round < rounds; round++) {
      CpuTimes.Reading before = cpu.read();
      Round measured = ClosedLoop.run(subject, length);
      spent = spent.plus(cpu.read().since(before), measured.calls());
      subjects.add(measured);
    }
    return new Comparison(subjects, List.of(), warmUps, spent);
  }

  /** Two processes that have just started take longer than one until their code is compiled. */
  private List<Round> warmedUp(List<? extends Lane> subject) throws InterruptedException {
    List<Round> warm = new ArrayList<>();
    double before;
    double now = 0;
    do {
      before = now;
      Round round = ClosedLoop.run(subject, warmUp);
      warm.add(round);
      now = round.perSecond();
    } while (now >= before * STILL_FASTER && warm.size() < WARM_UPS_MAX);
    return warm;
  }

  /** The case's connections are idle meanwhile, which a server bears for a minute. */
  private Duration floorWarmUp() {
    Duration half = warmUp.dividedBy(2);
    return half.compareTo(FLOOR_WARM_UP_MAX) < 0 ? half : FLOOR_WARM_UP_MAX;
  }

  /** Runs both in turn. */
  Comparison compare(List<? extends Lane> subject, List<? extends Lane> floor)
      throws InterruptedException {
    Round warm = ClosedLoop.run(subject, warmUp);
    Round warmFloor = ClosedLoop.run(floor, floorWarmUp());
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
