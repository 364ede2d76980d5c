package io.tributary.server.api;

import io.tributary.codecs.identity.UserId;

/** Who is calling, as a token that is in force says. */
public sealed interface Caller {
  /** May do everything. */
  record Operator() implements Caller {}

  /** May see and change their own things. */
  record User(UserId id) implements Caller {}

  /** Refuses everyone but operators. */
  default void mustBeOperator() {
    if (!(this instanceof Operator)) {
      throw Refusal.forbidden("this needs an operator's token");
    }
  }
}
