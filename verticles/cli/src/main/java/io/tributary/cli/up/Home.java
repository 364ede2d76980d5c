package io.tributary.cli.up;

import io.tributary.cli.shell.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the program's own files are.
 *
 * @param root of the project; the launcher passes it as {@code tributary.home}
 */
record Home(Path root) {

  static Home ofProcess() {
    String root = System.getProperty("tributary.home");
    if (root == null) {
      throw new Failure("up must be started by the launcher ./tributary, which knows where all is");
    }
    return new Home(Path.of(root));
  }

  /** The jars of this program, of ZooKeeper and of the node. */
  Path lib() {
    return existing("verticles/cli/target/lib");
  }

  /** HBase's jars, apart because they contradict ours. */
  Path hbaseLib() {
    return existing("hbase-async/embedded/target/lib");
  }

  /** The same Java that runs this. */
  Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private Path existing(String relative) {
    Path folder = root.resolve(relative);
    if (!Files.isDirectory(folder)) {
      throw new Failure(folder + " is missing: build with `mvn -DskipTests package`");
    }
    return folder;
  }
}
