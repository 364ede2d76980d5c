package io.tributary.loadtests.drill;

/** Some time, from one reading of {@link System#nanoTime} to another. */
record Span(long fromNanos, long toNanos) {
  boolean holds(long nanos) {
    return nanos - fromNanos >= 0 && nanos - toNanos <= 0;
  }

  double seconds() {
    return (toNanos - fromNanos) / 1e9;
  }
}
