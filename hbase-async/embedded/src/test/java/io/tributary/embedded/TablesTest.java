package io.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.CoprocessorDescriptor;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.coprocessor.MultiRowMutationEndpoint;
import org.apache.hadoop.hbase.regionserver.DisabledRegionSplitPolicy;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final TableDescriptor WANTED =
      Schema.tables(List.of("c1"), false).get(0).descriptor();

  @Test
  void logOfAnEarlierVersionShouldBeAlteredToWhatAGroupCommitNeeds() throws IOException {
    TableDescriptor earlier =
        TableDescriptorBuilder.newBuilder(WANTED.getTableName())
            .setColumnFamily(ColumnFamilyDescriptorBuilder.of("c"))
            .build();

    assertThat(Tables.differs(earlier, WANTED)).isTrue();
    TableDescriptor altered = Tables.altered(earlier, WANTED);

    assertThat(Tables.differs(altered, WANTED)).isFalse();
    assertThat(altered.getCoprocessorDescriptors())
        .extracting(CoprocessorDescriptor::getClassName)
        .containsExactly(MultiRowMutationEndpoint.class.getName());
    assertThat(altered.getRegionSplitPolicyClassName())
        .isEqualTo(DisabledRegionSplitPolicy.class.getName());
    assertThat(altered.getMemStoreFlushSize()).isEqualTo(Schema.LOG_FLUSH_BYTES);
    assertThat(altered.getDurability()).isEqualTo(Durability.FSYNC_WAL);
  }

  @Test
  void whatAnOperatorAddedShouldStayAndBeNoDifference() throws IOException {
    TableDescriptor tended =
        TableDescriptorBuilder.newBuilder(WANTED).setValue("owner", "someone").build();

    assertThat(Tables.differs(tended, WANTED)).isFalse();
    TableDescriptor changed =
        TableDescriptorBuilder.newBuilder(tended).setDurability(Durability.ASYNC_WAL).build();
    assertThat(Tables.altered(changed, WANTED)).isEqualTo(tended);
  }
}
