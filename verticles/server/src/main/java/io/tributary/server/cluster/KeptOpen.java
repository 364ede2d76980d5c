package io.tributary.server.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

/**
 * A Curator that does not close. Vert.x's cluster manager closes the one it is given when it
 * leaves; ours is shared and closed by its owner.
 */
final class KeptOpen {
  private KeptOpen() {}

  static CuratorFramework of(CuratorFramework shared) {
    return (CuratorFramework)
        Proxy.newProxyInstance(
            KeptOpen.class.getClassLoader(),
            new Class<?>[] {CuratorFramework.class},
            (proxy, method, arguments) -> call(shared, method, arguments));
  }

  private static @Nullable Object call(
      CuratorFramework shared, Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    try {
      return method.invoke(shared, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
