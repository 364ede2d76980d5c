package io.tributary.server.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the node consists of and how each component is doing right now. A node is ready when all of
 * them are. Safe for any thread.
 */
public final class Readiness {
  private final Map<String, Supplier<Condition>> components = new LinkedHashMap<>();

  /**
   * Adds a component, or changes who answers for it.
   *
   * @param condition asked at each look; must not block
   */
  public synchronized void watch(String component, Supplier<Condition> condition) {
    components.put(component, condition);
  }

  /** Adds a component that is in this condition until further notice. */
  public void set(String component, Condition condition) {
    watch(component, () -> condition);
  }

  /** All components in the order in which they were first named. */
  public synchronized Map<String, Condition> look() {
    Map<String, Condition> seen = new LinkedHashMap<>();
    components.forEach((component, condition) -> seen.put(component, condition.get()));
    return seen;
  }

  public boolean ready() {
    return look().values().stream().allMatch(Condition.Ready.class::isInstance);
  }
}
