package io.tributary.server.ops;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The answer of {@code /healthz/ready}: {@code {"ready":false,"components":{"hbase":
 * {"ready":false,"why":"…"},…}}}.
 */
final class HealthJson {
  private HealthJson() {}

  static JsonObject of(Map<String, Condition> components) {
    JsonObject each = new JsonObject();
    components.forEach((name, condition) -> each.put(name, component(condition)));
    return new JsonObject().put("ready", allReady(components)).put("components", each);
  }

  static boolean allReady(Map<String, Condition> components) {
    return components.values().stream().allMatch(Condition.Ready.class::isInstance);
  }

  private static JsonObject component(Condition condition) {
    return condition instanceof Condition.NotReady notReady
        ? new JsonObject().put("ready", false).put("why", notReady.why())
        : new JsonObject().put("ready", true);
  }
}
