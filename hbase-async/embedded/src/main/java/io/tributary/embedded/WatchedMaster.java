package io.tributary.embedded;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.master.HMaster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The master, whose abort ends the process. Created by HBase, by reflection. */
public final class WatchedMaster extends HMaster {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedMaster.class);

  /** Called by HBase. */
  public WatchedMaster(Configuration conf) throws IOException {
    super(conf);
  }

  @Override
  public void abort(String reason, @Nullable Throwable cause) {
    LOG.error("event=hbase.abort server=master reason={}", reason, cause);
    Ending.giveUp("master: " + reason, cause);
  }
}
