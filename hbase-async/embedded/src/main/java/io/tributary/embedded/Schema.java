package io.tributary.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.coprocessor.MultiRowMutationEndpoint;
import org.apache.hadoop.hbase.regionserver.DisabledRegionSplitPolicy;

/**
 * The tables of a cell and of the directory, as data. The rows in them are drawn in the package
 * description of {@code io.tributary.store}.
 */
final class Schema {

  static final String DIRECTORY = "directory";

  /** The directory's own, and those HBase keeps for itself. */
  static final Set<String> RESERVED_NAMESPACES = Set.of(DIRECTORY, "default", "hbase");

  /** Few, because a group commit reaches one region at a time. */
  static final int LOG_REGIONS = 2;

  static final long LOG_FLUSH_BYTES = 32L << 20;
  static final long OWED_FLUSH_BYTES = 8L << 20;

  /** Of what is flushed at, how much a region holds before it refuses. */
  static final int BLOCK_MULTIPLIER = 3;

  /** What the tables that are written in groups hold in memory at most, for each cell. */
  static final long GROUPED_BYTES_MAX =
      (LOG_REGIONS * LOG_FLUSH_BYTES + OWED_FLUSH_BYTES) * BLOCK_MULTIPLIER;

  /** The one column family, one byte long. */
  private static final byte[] FAMILY = {'c'};

  private static final int SLOTS = 1 << 16;

  /** A table and the row keys between its first regions. */
  record Table(TableDescriptor descriptor, List<byte[]> splits) {

    Table {
      splits = List.copyOf(splits);
    }

    TableName name() {
      return descriptor.getTableName();
    }
  }

  private Schema() {}

  /** All tables this HBase must hold. */
  static List<Table> tables(List<String> cells, boolean directory) {
    List<Table> tables = new ArrayList<>();
    for (String cell : cells) {
      tables.add(log(cell));
      tables.add(owed(cell));
      tables.add(whole(builder(cell, "mailbox", Durability.USE_DEFAULT)));
      tables.add(whole(builder(cell, "index", Durability.USE_DEFAULT)));
    }
    if (directory) {
      for (String name : List.of("accounts", "addresses", "tokens", "requests")) {
        tables.add(whole(builder(DIRECTORY, name, Durability.FSYNC_WAL)));
      }
    }
    return tables;
  }

  /**
   * The log doesn't split by itself, since a group commit in flight would be refused as out of
   * range; and its memory is bounded per region, since HBase's global limit is not applied to group
   * commits.
   */
  private static Table log(String cell) {
    TableDescriptorBuilder log =
        grouped(builder(cell, "log", Durability.FSYNC_WAL))
            .setRegionSplitPolicyClassName(DisabledRegionSplitPolicy.class.getName())
            .setMemStoreFlushSize(LOG_FLUSH_BYTES);
    return new Table(log.build(), slotSplits());
  }

  /** Markers are written together as entries are, and bounded in memory for the same reason. */
  private static Table owed(String cell) {
    return whole(
        grouped(builder(cell, "owed", Durability.FSYNC_WAL))
            .setMemStoreFlushSize(OWED_FLUSH_BYTES));
  }

  /** Rows can be written together, with one sync. */
  private static TableDescriptorBuilder grouped(TableDescriptorBuilder table) {
    try {
      return table.setCoprocessor(MultiRowMutationEndpoint.class.getName());
    } catch (java.io.IOException e) {
      throw new IllegalStateException("a table description is refused", e);
    }
  }

  private static List<byte[]> slotSplits() {
    return IntStream.range(1, LOG_REGIONS)
        .map(region -> region * SLOTS / LOG_REGIONS)
        .mapToObj(slot -> new byte[] {(byte) (slot >>> 8), (byte) slot})
        .toList();
  }

  private static Table whole(TableDescriptorBuilder table) {
    return new Table(table.build(), List.of());
  }

  private static TableDescriptorBuilder builder(
      String namespace, String name, Durability durability) {
    return TableDescriptorBuilder.newBuilder(TableName.valueOf(namespace, name))
        .setDurability(durability)
        .setColumnFamily(
            ColumnFamilyDescriptorBuilder.newBuilder(FAMILY).setMaxVersions(1).build());
  }
}
