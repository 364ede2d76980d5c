package io.tributary.loadtests.bench;

/** What can be measured; {@link #all} leaves out what needs several nodes. */
enum Kind {
  sms,
  chat,
  reads,
  idle,
  forward,
  all;

  boolean includes(Kind other) {
    return this == other || (this == all && other != forward);
  }

  /** Whether text messages are needed. */
  boolean texts() {
    return includes(sms) || includes(reads);
  }
}
