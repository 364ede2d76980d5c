package io.tributary.cli.data;

import java.nio.file.Path;

/**
 * Where things lie in a data folder.
 *
 * <pre>
 * format      the version of this layout
 * zookeeper/  ZooKeeper's own
 * hbase/      HBase's own; with several cells hbase-directory/ and one for each cell
 * cells       how many cells there are; none: one
 * secrets/    tokens, one a file, for nobody but the owner
 * run/        what is true while it runs: lock, pids, ports, the node's configuration, ready.json
 * log/        one log per process, rotated
 * </pre>
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
  public static final String DEFAULT = "data";

  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  public Path format() {
    return root.resolve("format");
  }

  public Path zookeeper() {
    return root.resolve("zookeeper");
  }

  /** The folder of one HBase, by the name of its process. */
  public Path hbase(String name) {
    return root.resolve(name);
  }

  public Path cells() {
    return root.resolve("cells");
  }

  public Path secrets() {
    return root.resolve("secrets");
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path log() {
    return root.resolve("log");
  }

  public Path readyFile() {
    return run().resolve("ready.json");
  }

  /** Locked by the supervisor as long as it lives; holds its process id. */
  public Path lockFile() {
    return run().resolve("up.lock");
  }

  public Path pidFile(String process) {
    return run().resolve(process + ".pid");
  }

  public Path logFile(String process) {
    return log().resolve(process + ".log");
  }

  public Path operatorToken() {
    return secrets().resolve("operator.token");
  }

  public Path userToken(String user) {
    return secrets().resolve("user-" + user + ".token");
  }

  public Path smsToken(String account) {
    return secrets().resolve("sms-" + account + ".token");
  }
}
