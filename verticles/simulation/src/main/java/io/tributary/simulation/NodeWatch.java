package io.tributary.simulation;

import io.tributary.mailbox.MailboxObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one life of a node has open. */
final class NodeWatch implements MailboxObserver {
  private final Map<Object, String> open = new LinkedHashMap<>();
  private int queueDepth;
  private int inDoubt;
  private int outrun;

  Object begin(String call) {
    Object token = new Object();
    open.put(token, call);
    return token;
  }

  void end(Object token) {
    open.remove(token);
  }

  /** Calls without an answer. */
  List<String> openCalls() {
    return List.copyOf(open.values());
  }

  /** Whether nothing waits and nothing is in doubt. */
  boolean quiet() {
    return open.isEmpty() && queueDepth == 0 && inDoubt == 0;
  }

  int outrunCount() {
    return outrun;
  }

  @Override
  public void outrun() {
    outrun++;
  }

  @Override
  public void queueDepth(int deliveries) {
    queueDepth = deliveries;
  }

  @Override
  public void inDoubt(int mailboxes) {
    inDoubt = mailboxes;
  }

  @Override
  public String toString() {
    return "open=" + open.values() + " queueDepth=" + queueDepth + " inDoubt=" + inDoubt;
  }
}
