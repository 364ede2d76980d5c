package io.tributary.loadtests;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was sent, and what was acknowledged. Safe for any thread. */
final class Ledger {
  private final Map<String, Mail> sent = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  void sent(Mail mail) {
    sent.put(mail.id(), mail);
  }

  void acknowledged(Mail mail) {
    acknowledged.add(mail.id());
  }

  int acknowledgedCount() {
    return acknowledged.size();
  }

  Map<String, Mail> sent() {
    return Map.copyOf(sent);
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }
}
