package io.tributary.loadtests.bench;

/** What can be measured. */
enum Kind {
  sms,
  chat,
  reads,
  idle,
  all;

  boolean includes(Kind other) {
    return this == other || this == all;
  }

  /** Whether text messages are needed. */
  boolean texts() {
    return includes(sms) || includes(reads);
  }
}
