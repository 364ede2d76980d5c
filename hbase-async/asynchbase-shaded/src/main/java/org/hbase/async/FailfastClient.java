package org.hbase.async;

import com.stumbleupon.async.Callback;
import com.stumbleupon.async.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /**
   * Writes each row if none of them is there, all or nothing, sent once. Nothing was written when
   * it fails with a {@link NotServingRegionException}: their region is away, or too busy ({@link
   * RegionTooBusyException}), or they don't share one any more; or with an {@link
   * UnknownProtocolException}: the server can't.
   *
   * @param puts of one table and of one region, each of another row and of one column; at least one
   */
  public Deferred<Boolean> createRows(List<PutRequest> puts) {
    return answered(MutateRowsRequest.creating(puts));
  }

  /**
   * Writes columns at their timestamps, all or nothing, sent once; fails as {@link #createRows}
   * does.
   *
   * @param puts as for {@link #createRows}
   */
  public Deferred<Boolean> putRows(List<PutRequest> puts) {
    return answered(MutateRowsRequest.writing(puts));
  }

  /**
   * Whether the server of that row's region can {@link #createRows}. One that can't would write
   * whatever is there. Fails as that does.
   *
   * @param near names a row and its column; nothing is written
   */
  public Deferred<Boolean> canCreateRows(PutRequest near) {
    return answered(MutateRowsRequest.probing(near)).addCallback(written -> !written);
  }

  /** Name of the region that holds a row, as far as this client knows. */
  public Optional<byte[]> regionOf(byte[] table, byte[] key) {
    RegionInfo region = client.getRegion(table, key);
    boolean isUsable = region != null && region.table().length > 0;
    return isUsable ? Optional.of(region.name()) : Optional.empty();
  }

  private Deferred<Boolean> answered(MutateRowsRequest request) {
    return send(request).addErrback(new AsNotServing(request)).addCallback(new AsBoolean());
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

  /**
   * A region that isn't where it was is told in many ways: at once or as the reason why there were
   * too many attempts; and as out of range if there is another one in its place.
   */
  private record AsNotServing(HBaseRpc request) implements Callback<Object, Exception> {

    @Override
    public Object call(Exception failure) {
      if (failure instanceof RemoteException remote && isOutOfRange(remote)) {
        return new NotServingRegionException("rows of other regions", request);
      }
      return failure instanceof NonRecoverableException
              && failure.getCause() instanceof NotServingRegionException cause
          ? cause
          : failure;
    }

    private static boolean isOutOfRange(RemoteException failure) {
      return failure.getType().equals("org.apache.hadoop.hbase.regionserver.WrongRegionException")
          || (failure.getType().equals("org.apache.hadoop.hbase.DoNotRetryIOException")
              && String.valueOf(failure.getMessage()).contains("Requested row out of range"));
    }
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
