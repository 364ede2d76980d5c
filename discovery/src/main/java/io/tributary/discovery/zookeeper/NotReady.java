package io.tributary.discovery.zookeeper;

import io.tributary.discovery.membership.SessionState;

/** Why a process can't follow its cell, for people. */
final class NotReady {
  private NotReady() {}

  /**
   * Empty if all is well.
   *
   * @param unread why what it knows may be older than what is there
   */
  static String reason(
      SessionWatch session, String unread, CellMembership membership, boolean inRing) {
    if (session.now() == SessionState.LOST) {
      return "zookeeper: out of touch for longer than the session";
    }
    if (!unread.isEmpty()) {
      return "zookeeper: " + unread;
    }
    if (!membership.isRegistered()) {
      String trouble = membership.trouble();
      return "zookeeper: this node is not registered" + (trouble.isEmpty() ? "" : ": " + trouble);
    }
    return inRing ? "" : "zookeeper: this node is not in the ring yet";
  }
}
