package io.tributary.discovery.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Decides what happens next in a test run: by every path in turn, or by a seed. */
interface Choices {
  /** 0 to {@code options} - 1. */
  int next(int options);

  /** 0 for none, else one of so many faults. */
  default int fault(int kinds) {
    return next(kinds + 1);
  }

  /** One call in eight meets a fault. */
  static Choices seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Choices() {
      @Override
      public int next(int options) {
        return random.nextInt(options);
      }

      @Override
      public int fault(int kinds) {
        return random.nextInt(8) == 0 ? 1 + random.nextInt(kinds) : 0;
      }
    };
  }

  /** Walks a tree of choices depth first: one path per run, until {@link #advance} says no. */
  final class EveryPath implements Choices {
    private final List<int[]> path = new ArrayList<>(); // chosen, options
    private int depth;

    @Override
    public int next(int options) {
      if (depth == path.size()) {
        path.add(new int[] {0, options});
      }
      return path.get(depth++)[0];
    }

    /** Goes to the next path; false if that was the last. */
    boolean advance() {
      depth = 0;
      while (!path.isEmpty()) {
        int[] last = path.get(path.size() - 1);
        if (++last[0] < last[1]) {
          return true;
        }
        path.remove(path.size() - 1);
      }
      return false;
    }

    @Override
    public String toString() {
      return path.stream().map(choice -> Integer.toString(choice[0])).toList().toString();
    }
  }
}
