package io.tributary.embedded;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hbase.master.HMaster;
import org.jspecify.annotations.Nullable;

/** The master, whose abort ends the process. Created by HBase, by reflection. */
public final class WatchedMaster extends HMaster {

  /** Called by HBase. */
  public WatchedMaster(Configuration conf) throws IOException {
    super(conf);
  }

  @Override
  public void abort(String reason, @Nullable Throwable cause) {
    Ending.note(new Ending.Aborted("master", reason, cause));
    super.abort(reason, cause);
  }
}
