package io.tributary.loadtests.bench;

/** What can be measured. */
enum Kind {
  sms,
  all;

  boolean includes(Kind other) {
    return this == other || this == all;
  }
}
