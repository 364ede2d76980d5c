package io.tributary.loadtests.bench;

/** What can be measured; {@link #all} leaves out what needs several nodes, or its own. */
enum Kind {
  sms,
  chat,
  reads,
  idle,
  forward,
  scale,
  all;

  boolean includes(Kind other) {
    return this == other || (this == all && other != forward && other != scale);
  }

  /** Whether text messages are needed. */
  boolean texts() {
    return includes(sms) || includes(reads);
  }
}
