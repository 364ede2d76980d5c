package io.tributary.server.node;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.functions.Function;
import io.tributary.config.ZooKeeperConfig;
import io.tributary.discovery.membership.NodeIdTakenException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;

/** Each way in which a start can fail, in one line for the operator: the cause and the way out. */
final class StartFailures {
  private StartFailures() {}

  /**
   * A face can't listen.
   *
   * @param key of the port
   */
  static <T> Function<Throwable, Single<T>> binding(String key, String host, int port) {
    return failure ->
        failed(
            key
                + ": can't listen on "
                + host
                + ":"
                + port
                + " ("
                + reason(failure)
                + "); "
                + wayOut(key, failure),
            failure);
  }

  private static String wayOut(String key, Throwable failure) {
    String variable = "TRIBUTARY_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    return reason(failure).contains("in use")
        ? "end the process that has it, or set " + key + " (" + variable + "), 0 takes a free one"
        : "set " + key.replace(".port", ".host") + " and " + key + " to what this machine has";
  }

  static <T> Function<Throwable, Single<T>> zooKeeper(ZooKeeperConfig config) {
    return failure ->
        failed(
            "zookeeper.connect: no ZooKeeper answers at "
                + config.connect()
                + "; start it, or set zookeeper.connect (TRIBUTARY_ZOOKEEPER_CONNECT)",
            failure);
  }

  /** Its message says what to do if ZooKeeper knows of no such cell. */
  static <T> Function<Throwable, Single<T>> discovery(ZooKeeperConfig config) {
    return failure ->
        failure instanceof IllegalArgumentException
            ? failed("node.cell: " + failure.getMessage(), failure)
            : StartFailures.<T>zooKeeper(config).apply(failure);
  }

  /**
   * @param held the cell whose data it is
   */
  static StartException foreignData(Core.WhereHBase where, String held, String cell) {
    return new StartException(
        "hbase.namespace: %s in the HBase at %s holds the data of cell '%s', and this node is of cell '%s': set node.cell, or hbase to where that cell's data is"
            .formatted(where.probed().namespace(), where, held, cell),
        new IllegalStateException("another cell's data"));
  }

  /**
   * ZooKeeper knows another installation than the data, or none.
   *
   * @param home the installation that the cell's data belongs to
   * @param found the one that ZooKeeper's does
   */
  static StartException strangeZooKeeper(
      HomeCheck.Where where, String cell, String home, Optional<String> found) {
    return new StartException(
        "%s: the data of cell '%s' belongs to installation %s, and the ZooKeeper at %s belongs to %s: set %s; if what it held is lost, create %s there with '%s'"
            .formatted(
                where.key(),
                cell,
                home,
                where.connect(),
                found.orElse("none"),
                where.key(),
                HomeCheck.PATH,
                home),
        new IllegalStateException("another installation's ZooKeeper"));
  }

  static <T> Function<Throwable, Single<T>> cluster(ZooKeeperConfig config) {
    return failure ->
        failed(
            "can't join the cell's event bus by ZooKeeper at "
                + config.connect()
                + " ("
                + reason(failure)
                + "); look at ZooKeeper's log, then start again",
            failure);
  }

  static <T> Function<Throwable, Single<T>> hbase(Core.WhereHBase where, String seen) {
    return failure ->
        failed(
            "%s: no answer from table %s of the HBase at ZooKeeper %s (%s); start it, or set %s.zookeeper, %s.znodeParent and %s.namespace"
                .formatted(
                    where.section(),
                    where.probed(),
                    where,
                    seen,
                    where.section(),
                    where.section(),
                    where.section()),
            failure);
  }

  static <T> Function<Throwable, Single<T>> operatorToken(String file) {
    return failure ->
        failed(
            "directory.operatorTokenFile: the token in "
                + file
                + " can't be registered ("
                + reason(failure)
                + "); put a new one there: trb_ and 43 characters of base64url",
            failure);
  }

  /** Only one of the reasons for which a node is not taken into the ring is its id. */
  static <T> Function<Throwable, Single<T>> ring(String node) {
    return failure ->
        failed(
            failure instanceof NodeIdTakenException
                ? "node.id: " + reason(failure) + " (TRIBUTARY_NODE_ID)"
                : "node '"
                    + node
                    + "' was not taken into the ring ("
                    + reason(failure)
                    + "); look at ZooKeeper's log and at those of the cell's other nodes, then start again",
            failure);
  }

  private static <T> Single<T> failed(String message, Throwable failure) {
    return Single.error(
        failure instanceof StartException told ? told : new StartException(message, failure));
  }

  private static String reason(Throwable failure) {
    if (failure instanceof UnresolvedAddressException) {
      return "no such host";
    }
    boolean fromSystem = failure instanceof BindException || failure instanceof SocketException;
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    return fromSystem ? message : message.lines().findFirst().orElse(message);
  }
}
