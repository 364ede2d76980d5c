package io.tributary.config;

/**
 * The cell's HBase.
 *
 * @param zookeeper HBase's own quorum, without a path: the path is {@code znodeParent}
 */
public record HBaseConfig(
    @Text(regex = Text.CONNECT, allowed = "host:port, or several with ','") String zookeeper,
    @Text(regex = "(/[A-Za-z0-9._-]+)+", allowed = "a path such as /hbase") String znodeParent,
    @Text(regex = Text.NAMESPACE, allowed = Text.NAMESPACE_ALLOWED) String namespace,
    @Range(min = 100, max = 60_000) long deadlineMillis,
    @Range(min = 1, max = 65_536) int outstandingMax) {}
