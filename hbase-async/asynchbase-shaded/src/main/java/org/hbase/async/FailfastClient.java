package org.hbase.async;

import com.stumbleupon.async.Callback;
import com.stumbleupon.async.Deferred;
import java.util.ArrayList;

/**
 * An {@link HBaseClient} that never sends a request again by itself after a lost connection, and
 * that can be thrown away while HBase or ZooKeeper is silent.
 *
 * <p>asynchbase resends everything that was on a lost connection, conditional writes included, and
 * doesn't say so. A request marked as failing fast ends with {@link ConnectionResetException}
 * instead; but the public {@code compareAndSet} makes a request of its own and loses the mark. Its
 * {@code shutdown} waits for every request that is under way, for ever if need be.
 */
public final class FailfastClient {

  private final HBaseClient client;
  private final DisposableSockets sockets;

  private FailfastClient(HBaseClient client, DisposableSockets sockets) {
    this.client = client;
    this.sockets = sockets;
  }

  /** Lazy: nothing is connected before the first request. */
  public static FailfastClient open(String zookeeper, String znodeParent) {
    Config config = new Config();
    config.overrideConfig("hbase.zookeeper.quorum", zookeeper);
    config.overrideConfig("hbase.zookeeper.znode.parent", znodeParent);
    config.overrideConfig("hbase.zookeeper.getroot.retry_delay", "200");
    config.overrideConfig("hbase.meta.scan", "true");
    DisposableSockets sockets = new DisposableSockets();
    return new FailfastClient(new HBaseClient(config, sockets), sockets);
  }

  /**
   * Writes one column if it holds exactly {@code expected}, or if there is none and {@code
   * expected} is empty.
   *
   * @return whether it was written by this request, sent once
   */
  public Deferred<Boolean> compareAndSet(PutRequest put, byte[] expected) {
    CompareAndSetRequest request = new CompareAndSetRequest(put, expected);
    request.setFailfast(true);
    return send(request).addCallback(new AsBoolean());
  }

  /** Writes a column at the request's timestamp, sent once, not buffered. True when it is done. */
  public Deferred<Boolean> put(PutRequest put) {
    put.setBufferable(false);
    put.setFailfast(true);
    return send(put).addCallback(answer -> true);
  }

  /** Removes a column's versions up to the request's timestamp, sent once. True when it is done. */
  public Deferred<Boolean> delete(DeleteRequest delete) {
    delete.setBufferable(false);
    delete.setFailfast(true);
    return send(delete).addCallback(answer -> true);
  }

  /** Reads a row; an empty list if there is none. */
  public Deferred<ArrayList<KeyValue>> get(GetRequest request) {
    request.setFailfast(true);
    return sockets.areDisposed() ? Deferred.fromError(disposed()) : client.get(request);
  }

  /** A scanner of this client. */
  public Scanner newScanner(byte[] table) {
    return client.newScanner(table);
  }

  /**
   * Closes every connection and ends every thread, whatever is under way. Requests that weren't
   * answered may never be. Blocks for up to a few seconds: call it in the background.
   */
  public void dispose() {
    sockets.dispose();
    client.getTimer().stop();
    client.getRpcTimeoutTimer().stop();
    sockets.releaseExternalResources();
    // Last, because what ends above may begin to look for the meta region.
    MetaLookup.of(client).end(disposed());
  }

  private Deferred<Object> send(HBaseRpc request) {
    return sockets.areDisposed() ? Deferred.fromError(disposed()) : client.sendRpcToRegion(request);
  }

  private static NonRecoverableException disposed() {
    return new NonRecoverableException("the client was replaced");
  }

  private static final class AsBoolean implements Callback<Boolean, Object> {

    @Override
    public Boolean call(Object answer) {
      if (answer instanceof Boolean written) {
        return written;
      }
      throw new InvalidResponseException(Boolean.class, answer);
    }
  }
}
