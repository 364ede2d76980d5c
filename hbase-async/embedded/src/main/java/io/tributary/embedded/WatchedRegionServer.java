package io.tributary.embedded;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.regionserver.HRegionServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The region server, whose abort ends the process. Created by HBase, by reflection. */
public final class WatchedRegionServer extends HRegionServer {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedRegionServer.class);

  /** Called by HBase. */
  public WatchedRegionServer(Configuration conf) throws IOException {
    super(conf);
  }

  @Override
  public void abort(String reason, @Nullable Throwable cause) {
    LOG.error("event=hbase.abort server=region_server reason={}", reason, cause);
    Ending.giveUp("region server: " + reason, cause);
  }
}
