package io.tributary.loadtests.gatling;

/** What a {@link FakeInstallation} does wrong, with every seventh message. */
enum Mischief {
  NONE,
  /** Acknowledges it and forgets it. */
  LOSE,
  /** Stores it twice. */
  DOUBLE,
  /** Stores something else. */
  CHANGE,
  /** Says "later" first, and breaks the connection the second time. */
  PUT_OFF,
  /** Refuses it for good. */
  REFUSE;

  private static final int EVERY = 7;

  boolean befalls(String id) {
    return this != NONE && Integer.parseInt(id.substring(id.indexOf('-') + 1)) % EVERY == 0;
  }
}
