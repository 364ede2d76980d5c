package io.tributary.store;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.storage.LogId;
import io.tributary.storage.Snapshot;
import io.tributary.storage.SnapshotStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots in the {@code mailbox} table: each mailbox has two places, of which the older is
 * overwritten, pieces first. All rows carry the snapshot's entry as HBase timestamp, their removal
 * too: what an owner writes that was overtaken stays invisible.
 */
public final class HBaseSnapshotStore implements SnapshotStore {

  private static final Logger LOG = LoggerFactory.getLogger(HBaseSnapshotStore.class);
  private static final int PLACES = 2;

  /** Read at once. */
  private static final int PIECES_MAX = 8;

  private final Rows rows;
  private final String table;

  /** What stands in a place; no timestamp and no pieces if nothing that can be read does. */
  private record Place(int number, Optional<SnapshotManifest> manifest) {
    long timestamp() {
      return manifest.map(SnapshotManifest::timestamp).orElse(0L);
    }

    int pieces() {
      return manifest.map(SnapshotManifest::pieces).orElse(0);
    }
  }

  /**
   * @param namespace of the cell
   */
  public HBaseSnapshotStore(Rows rows, String namespace) {
    this.rows = rows;
    this.table = namespace + ":mailbox";
  }

  @Override
  public Completable put(Snapshot snapshot) {
    SnapshotManifest manifest = SnapshotManifest.of(snapshot);
    return places(snapshot.log().user())
        .flatMapCompletable(
            places ->
                Maybe.fromOptional(placeFor(manifest.timestamp(), places))
                    .flatMapCompletable(place -> write(snapshot, manifest, place)));
  }

  /** The one that holds the same, else the one that holds the older, if that is older than this. */
  private static Optional<Place> placeFor(long timestamp, List<Place> places) {
    return places.stream()
        .filter(place -> place.timestamp() == timestamp)
        .findFirst()
        .or(
            () ->
                places.stream()
                    .min(Comparator.comparingLong(Place::timestamp))
                    .filter(oldest -> oldest.timestamp() < timestamp));
  }

  private Completable write(Snapshot snapshot, SnapshotManifest manifest, Place place) {
    UserId user = snapshot.log().user();
    long timestamp = manifest.timestamp();
    Completable pieces =
        Flowable.range(1, manifest.pieces())
            .concatMapCompletable(
                number ->
                    rows.putAt(
                        row(user, place.number, number),
                        manifest.piece(number, snapshot.content()),
                        timestamp));
    int left = Math.max(place.pieces() - manifest.pieces(), 0);
    Completable leftovers =
        Flowable.range(manifest.pieces() + 1, left)
            .concatMapCompletable(
                number -> rows.removeAt(row(user, place.number, number), timestamp));
    return pieces
        .andThen(rows.putAt(row(user, place.number, 0), manifest.bytes(), timestamp))
        .andThen(leftovers);
  }

  @Override
  public Flowable<Snapshot> newestFirst(LogId log) {
    return places(log.user())
        .flattenAsFlowable(places -> places)
        .filter(place -> place.manifest.isPresent())
        .filter(place -> Timestamps.generation(place.timestamp()) == log.generation())
        .sorted(Comparator.comparingLong(Place::timestamp).reversed())
        .concatMapMaybe(place -> read(log, place.number, place.manifest.orElseThrow()), 1);
  }

  private Single<List<Place>> places(UserId user) {
    return rows.getEach(IntStream.range(0, PLACES).mapToObj(each -> row(user, each, 0)).toList())
        .map(
            found ->
                IntStream.range(0, PLACES)
                    .mapToObj(
                        each -> new Place(each, found.get(each).flatMap(SnapshotManifest::read)))
                    .toList());
  }

  private Maybe<Snapshot> read(LogId log, int place, SnapshotManifest manifest) {
    return Flowable.range(1, manifest.pieces())
        .map(number -> row(log.user(), place, number))
        .buffer(PIECES_MAX)
        .concatMapSingle(rows::getEach, 1)
        .concatMapIterable(pieces -> pieces)
        .toList()
        .flatMapMaybe(pieces -> whole(log, manifest, pieces));
  }

  private static Maybe<Snapshot> whole(
      LogId log, SnapshotManifest manifest, List<Optional<Bytes>> pieces) {
    long entry = Timestamps.entry(manifest.timestamp());
    Optional<Bytes> content = manifest.content(pieces);
    if (content.isEmpty()) {
      LOG.info("event=store.snapshot_incomplete user={} entry={}", log.user(), entry);
    }
    return Maybe.fromOptional(content.map(bytes -> new Snapshot(log, entry, bytes)));
  }

  private RowKey row(UserId user, int place, int piece) {
    return new RowKey(table, RowKeys.snapshot(user, place, piece));
  }
}
