package io.tributary.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.NamespaceDescriptor;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.CoprocessorDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tables that are missing, and leaves the others as they are. */
final class Tables {

  private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
  private static final int CREATE_SECONDS = 60;

  private final Admin admin;

  Tables(Admin admin) {
    this.admin = admin;
  }

  void create(List<Schema.Table> wanted) throws IOException, InterruptedException {
    createNamespaces(wanted);
    List<Future<Void>> creations = new ArrayList<>();
    for (Schema.Table table : wanted) {
      if (!admin.tableExists(table.name())) {
        creations.add(createLater(table));
        LOG.info("event=hbase.table_create table={}", table.name());
      } else if (differs(admin.getDescriptor(table.name()), table.descriptor())) {
        LOG.warn("event=hbase.table_differs table={} use=as_it_is", table.name());
      }
    }
    for (Future<Void> creation : creations) {
      finish(creation);
    }
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
  private static boolean differs(TableDescriptor there, TableDescriptor wanted) {
    return there.getDurability() != wanted.getDurability()
        || !Objects.equals(
            there.getRegionSplitPolicyClassName(), wanted.getRegionSplitPolicyClassName())
        || there.getMemStoreFlushSize() != wanted.getMemStoreFlushSize()
        || !names(there).equals(names(wanted))
        || !Arrays.equals(there.getColumnFamilies(), wanted.getColumnFamilies());
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

  private static void finish(Future<Void> creation) throws IOException, InterruptedException {
    try {
      creation.get(CREATE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a table could not be made", e);
    }
  }
}
