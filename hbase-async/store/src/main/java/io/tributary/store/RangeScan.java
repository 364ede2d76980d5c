package io.tributary.store;

import com.stumbleupon.async.Deferred;
import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hbase.async.FailfastClient;
import org.hbase.async.KeyValue;
import org.hbase.async.Scanner;

/** One scan, which ends when it has enough rows or enough bytes, or when there are no more. */
final class RangeScan {

  private static final byte[] FAMILY = {'c'};
  private static final byte[] QUALIFIER = {'v'};

  /** Rows are added until they reach this; one of them may be large. */
  private static final long BYTES_ENOUGH = 1L << 20;

  private static final int ROWS_PER_REQUEST_MAX = 256;

  private final Scanner scanner;
  private final int rowsMax;
  private final List<Row> rows = new ArrayList<>();
  private long bytes;

  RangeScan(FailfastClient client, RowRange range, int rowsMax) {
    if (rowsMax < 1) {
      throw new IllegalArgumentException("a scan asks for at least one row, not " + rowsMax);
    }
    this.rowsMax = rowsMax;
    scanner = client.newScanner(range.table().getBytes(StandardCharsets.UTF_8));
    scanner.setFamily(FAMILY);
    scanner.setQualifier(QUALIFIER);
    scanner.setStartKey(range.from().unsafeArray());
    scanner.setStopKey(range.until().unsafeArray());
    scanner.setMaxNumRows(Math.min(rowsMax, ROWS_PER_REQUEST_MAX));
    scanner.setMaxNumBytes(BYTES_ENOUGH);
  }

  Deferred<List<Row>> run() {
    return scanner.nextRows().addCallbackDeferring(this::take);
  }

  /** Null is asynchbase's way to say that there are no more; it has closed the scanner then. */
  private Deferred<List<Row>> take(ArrayList<ArrayList<KeyValue>> found) {
    if (found == null) {
      return Deferred.fromResult(rows);
    }
    for (ArrayList<KeyValue> columns : found) {
      add(columns.get(0));
    }
    if (rows.size() < rowsMax && bytes < BYTES_ENOUGH) {
      return run();
    }
    // The rows are there; the server forgets a scanner by itself if this gets lost.
    scanner.close();
    return Deferred.fromResult(rows.size() > rowsMax ? rows.subList(0, rowsMax) : rows);
  }

  private void add(KeyValue column) {
    rows.add(new Row(Bytes.ofOwned(column.key()), Bytes.ofOwned(column.value())));
    bytes += column.value().length;
  }
}
