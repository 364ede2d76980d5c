package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;

import io.gatling.javaapi.core.Simulation;
import io.tributary.loadtests.smtp.SmtpProtocol;

/** Mail alone. */
public final class SmtpSimulation extends Simulation {
  public SmtpSimulation() {
    LoadRun run = LoadRun.current();
    setUp(MailScenario.of(run).injectOpen(atOnceUsers(run.shape().users())))
        .protocols(new SmtpProtocol(run.target().faces().smtp()))
        .maxDuration(run.shape().length().plus(LoadRun.SETTLE_MAX).plusSeconds(30));
  }
}
