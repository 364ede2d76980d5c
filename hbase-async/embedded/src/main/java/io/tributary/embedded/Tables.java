package io.tributary.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.NamespaceDescriptor;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptor;
import org.apache.hadoop.hbase.client.CoprocessorDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tables that are missing, and alters those that an earlier version made otherwise. */
final class Tables {

  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
  private static final int CHANGE_SECONDS = 60;

  private final Admin admin;

  Tables(Admin admin) {
    this.admin = admin;
  }

  void create(List<Schema.Table> wanted) throws IOException, InterruptedException {
    createNamespaces(wanted);
    List<Future<Void>> changes = new ArrayList<>();
    for (Schema.Table table : wanted) {
      if (!admin.tableExists(table.name())) {
        changes.add(createLater(table));
        LOG.info("event=hbase.table_create table={}", table.name());
      } else {
        TableDescriptor there = admin.getDescriptor(table.name());
        if (differs(there, table.descriptor())) {
          changes.add(admin.modifyTableAsync(altered(there, table.descriptor())));
          LOG.info("event=hbase.table_alter table={}", table.name());
        }
      }
    }
    for (Future<Void> change : changes) {
      finish(change);
    }
  }

  /** What was there with what is wanted; what is there besides, an operator's perhaps, stays. */
  static TableDescriptor altered(TableDescriptor there, TableDescriptor wanted) throws IOException {
    TableDescriptorBuilder altered =
        TableDescriptorBuilder.newBuilder(there)
            .setDurability(wanted.getDurability())
            .setMemStoreFlushSize(wanted.getMemStoreFlushSize());
    if (wanted.getRegionSplitPolicyClassName() != null) {
      altered.setRegionSplitPolicyClassName(wanted.getRegionSplitPolicyClassName());
    }
    for (CoprocessorDescriptor coprocessor : wanted.getCoprocessorDescriptors()) {
      if (!names(there).contains(coprocessor.getClassName())) {
        altered.setCoprocessor(coprocessor);
      }
    }
    for (ColumnFamilyDescriptor family : wanted.getColumnFamilies()) {
      if (there.hasColumnFamily(family.getName())) {
        altered.modifyColumnFamily(family);
      } else {
        altered.setColumnFamily(family);
      }
    }
    return altered.build();
  }

  /** Whether every region of these tables can be used. */
  boolean areAvailable(List<Schema.Table> tables) throws IOException {
    for (Schema.Table table : tables) {
      if (!admin.isTableAvailable(table.name())) {
        return false;
      }
    }
    return true;
  }

  /** In what a write's safety hangs on; HBase adds values of its own to a description. */
  static boolean differs(TableDescriptor there, TableDescriptor wanted) {
    String policy = wanted.getRegionSplitPolicyClassName();
    return there.getDurability() != wanted.getDurability()
        || (policy != null && !policy.equals(there.getRegionSplitPolicyClassName()))
        || there.getMemStoreFlushSize() != wanted.getMemStoreFlushSize()
        || !names(there).containsAll(names(wanted))
        || !Set.of(there.getColumnFamilies()).containsAll(Set.of(wanted.getColumnFamilies()));
  }

  private static Set<String> names(TableDescriptor table) {
    return table.getCoprocessorDescriptors().stream()
        .map(CoprocessorDescriptor::getClassName)
        .collect(Collectors.toSet());
  }

  private void createNamespaces(List<Schema.Table> wanted) throws IOException {
    Set<String> missing = new TreeSet<>();
    wanted.forEach(table -> missing.add(table.name().getNamespaceAsString()));
    missing.removeAll(Arrays.asList(admin.listNamespaces()));
    for (String namespace : missing) {
      admin.createNamespace(NamespaceDescriptor.create(namespace).build());
    }
  }

  private Future<Void> createLater(Schema.Table table) throws IOException {
    return table.splits().isEmpty()
        ? admin.createTableAsync(table.descriptor())
        : admin.createTableAsync(table.descriptor(), table.splits().toArray(new byte[0][]));
  }

  private static void finish(Future<Void> change) throws IOException, InterruptedException {
    try {
      change.get(CHANGE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a table could not be made or altered", e);
    }
  }
}
