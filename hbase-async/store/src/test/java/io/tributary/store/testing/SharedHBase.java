package io.tributary.store.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an {@link HBaseProcess} as a parameter; all tests of a run share one, with one {@link
 * ZooKeeperFixture}. A test that kills or pauses it starts it again before it ends, and uses users
 * and names of its own.
 */
public final class SharedHBase implements ParameterResolver {

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(SharedHBase.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == HBaseProcess.class || type == ZooKeeperFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
    return parameter.getParameter().getType() == HBaseProcess.class
        ? running.hbase()
        : running.zookeeper();
  }

  /** Closed by JUnit at the end of the run. */
  private record Running(Path folder, ZooKeeperFixture zookeeper, HBaseProcess hbase)
      implements AutoCloseable, ExtensionContext.Store.CloseableResource {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("tributary-hbase");
        ZooKeeperFixture zookeeper = ZooKeeperFixture.start(folder.resolve("zookeeper"));
        HBaseProcess hbase = new HBaseProcess(folder.resolve("hbase"), zookeeper.connectString());
        hbase.start();
        return new Running(folder, zookeeper, hbase);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      hbase.close();
      zookeeper.close();
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
