package io.tributary.server.ops;

/** How one component of the node is doing. */
public sealed interface Condition {
  /** It does its work. */
  record Ready() implements Condition {}

  /**
   * It does not.
   *
   * @param why for the operator: what is being waited for, or what is wrong
   */
  record NotReady(String why) implements Condition {}

  static Condition ready() {
    return new Ready();
  }

  static Condition notReady(String why) {
    return new NotReady(why);
  }

  /** Ready exactly if {@code ready}. */
  static Condition of(boolean ready, String whyNot) {
    return ready ? ready() : notReady(whyNot);
  }
}
