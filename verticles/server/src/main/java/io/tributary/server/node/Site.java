package io.tributary.server.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.codecs.identity.Stamps;
import io.tributary.config.TributaryConfig;
import io.tributary.server.ops.Readiness;

/** What every step of a node's start has at hand. */
record Site(
    TributaryConfig config,
    NodeEnvironment environment,
    Stamps stamps,
    Readiness readiness,
    PrometheusMeterRegistry metrics,
    Closing closing) {

  Patience patience() {
    return new Patience(environment.patience(), environment.background());
  }
}
