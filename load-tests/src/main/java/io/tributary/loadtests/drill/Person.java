package io.tributary.loadtests.drill;

import io.tributary.loadtests.api.LoadUser;

/**
 * A user under load.
 *
 * @param node name of the process that served the mailbox when the drill began
 */
record Person(LoadUser user, String cell, String node) {
  String name() {
    return user.name();
  }
}
