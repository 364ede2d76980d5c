package io.tributary.loadtests.smtp;

import com.typesafe.scalalogging.Logger;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import io.tributary.loadtests.Mail;
import scala.Option;

/**
 * Sends one mail, logs how that went as a request of Gatling's, and goes on with the next action.
 */
final class SmtpAction implements Action {
  private final SmtpRequest request;
  private final CoreComponents core;
  private final SmtpComponents smtp;
  private final Action next;
  private Logger logger = Logger.apply(SmtpAction.class);

  SmtpAction(SmtpRequest request, CoreComponents core, SmtpComponents smtp, Action next) {
    this.request = request;
    this.core = core;
    this.smtp = smtp;
    this.next = next;
  }

  @Override
  public String name() {
    return request.name();
  }

  @Override
  public void execute(Session session) {
    Mail mail = request.mail().apply(new io.gatling.javaapi.core.Session(session));
    long started = core.clock().nowMillis();
    smtp.lineOf(session).send(mail, outcome -> settled(session, started, outcome));
  }

  private void settled(Session session, long started, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted) {
      log(session, started, OK$.MODULE$, Option.apply("250"), Option.empty());
    } else if (outcome instanceof Outcome.Refused refused) {
      String code = String.valueOf(refused.code());
      log(session, started, KO$.MODULE$, Option.apply(code), Option.apply(refused.reply()));
    } else if (outcome instanceof Outcome.Unknown unknown) {
      log(session, started, KO$.MODULE$, Option.empty(), Option.apply(unknown.reason()));
    }
    next.$bang(session.set(SmtpRequest.OUTCOME, outcome));
  }

  private void log(
      Session session, long started, Status status, Option<String> code, Option<String> message) {
    core.statsEngine()
        .logResponse(
            session.scenario(),
            session.groups(),
            name(),
            started,
            core.clock().nowMillis(),
            status,
            code,
            message);
  }

  @Override
  public Logger logger() {
    return logger;
  }

  /** Scala's way of giving a trait its field. */
  @Override
  public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger logger) {
    this.logger = logger;
  }
}
