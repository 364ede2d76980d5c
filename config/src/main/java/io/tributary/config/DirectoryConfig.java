package io.tributary.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of accounts, addresses and tokens, above all cells.
 *
 * @param zookeeper quorum of the HBase that it lives in, without a path; empty: the cell's HBase
 * @param znodeParent of that HBase
 * @param operatorTokenFile holds the token every operator's call may carry; {@link Secret#read}
 *     reads it
 */
public record DirectoryConfig(
    @Text(regex = "|" + Text.CONNECT, allowed = "host:port, or several with ','") String zookeeper,
    @Text(regex = "(/[A-Za-z0-9._-]+)+", allowed = "a path such as /hbase") String znodeParent,
    @Text(regex = Text.NAMESPACE, allowed = Text.NAMESPACE_ALLOWED) String namespace,
    @ReadableFile Optional<Path> operatorTokenFile) {

  /** Whether it has an HBase of its own. */
  public boolean isApart() {
    return !zookeeper.isEmpty();
  }
}
