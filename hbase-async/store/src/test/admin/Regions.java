import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.TableDescriptor;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.regionserver.ConstantSizeRegionSplitPolicy;

/**
 * Splits each region of a table in its middle, which its policy forbids otherwise, or closes and opens each, while others write. Run
 * from its source with the embedded HBase's jars: the store's own tests don't have HBase's client.
 *
 * <p>Arguments: split or reopen; ZooKeeper; znode; table.
 */
final class Regions {

  public static void main(String[] args) throws Exception {
    Configuration conf = HBaseConfiguration.create();
    conf.set("hbase.zookeeper.quorum", args[1]);
    conf.set("zookeeper.znode.parent", args[2]);
    TableName table = TableName.valueOf(args[3]);
    try (Connection connection = ConnectionFactory.createConnection(conf);
        Admin admin = connection.getAdmin()) {
      List<RegionInfo> regions = admin.getRegions(table);
      TableDescriptor before = admin.getDescriptor(table);
      if (args[0].equals("split")) {
        admin.modifyTable(
            TableDescriptorBuilder.newBuilder(before)
                .setRegionSplitPolicyClassName(ConstantSizeRegionSplitPolicy.class.getName())
                .build());
      }
      for (RegionInfo region : regions) {
        if (args[0].equals("split")) {
          admin.splitRegionAsync(region.getRegionName(), middle(region)).get();
        } else {
          admin.unassign(region.getRegionName(), false);
          admin.assign(region.getRegionName());
        }
      }
      admin.modifyTable(before);
      System.out.println(regions.size() + " regions, now " + admin.getRegions(table).size());
    }
    System.exit(0);
  }

  /** By the first byte of the slot. */
  private static byte[] middle(RegionInfo region) {
    int from = region.getStartKey().length == 0 ? 0 : region.getStartKey()[0] & 0xff;
    int until = region.getEndKey().length == 0 ? 0x100 : region.getEndKey()[0] & 0xff;
    return new byte[] {(byte) ((from + until) / 2), 0};
  }
}
