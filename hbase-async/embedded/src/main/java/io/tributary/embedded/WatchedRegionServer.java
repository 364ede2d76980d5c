package io.tributary.embedded;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.regionserver.HRegionServer;
import org.jspecify.annotations.Nullable;

/** The region server, whose abort ends the process. Created by HBase, by reflection. */
public final class WatchedRegionServer extends HRegionServer {

  /** Called by HBase. */
  public WatchedRegionServer(Configuration conf) throws IOException {
    super(conf);
  }

  @Override
  public void abort(String reason, @Nullable Throwable cause) {
    Ending.note(new Ending.Aborted("region server", reason, cause));
    super.abort(reason, cause);
  }
}
