package io.tributary.loadtests.audit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent, and what was acknowledged. Safe for any thread. */
public final class Ledger {
  private final Map<String, Posting> sent = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** To be called before the first byte of it leaves. */
  public void sent(Posting posting) {
    sent.put(posting.id(), posting);
  }

  public void acknowledged(String id) {
    acknowledged.add(id);
  }

  public int sentCount() {
    return sent.size();
  }

  public int acknowledgedCount() {
    return acknowledged.size();
  }

  Map<String, Posting> sent() {
    return Map.copyOf(sent);
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }
}
