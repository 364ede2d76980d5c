package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.tributary.loadtests.Mail;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.smtp.Outcome;
import io.tributary.loadtests.smtp.SmtpRequest;
import java.util.Set;

/** Other mail servers: each virtual user holds one SMTP connection and sends mail after mail. */
final class MailScenario {
  private static final String MAIL = "mail";

  private MailScenario() {}

  static ScenarioBuilder of(LoadRun run) {
    return scenario("mail")
        .exec(
            Attempts.loop(
                run,
                exec(session -> session.set(MAIL, draw(run))),
                exec(new SmtpRequest("mail", session -> session.get(MAIL)))
                    .exec(session -> judge(run, session))));
  }

  private static Mail draw(LoadRun run) {
    long number = run.nextNumber();
    String id = run.marker().id(number);
    LoadUser to = run.receiver(number);
    String text = Marker.text(id, run.shape().textCharacters());
    run.ledger().sent(new Posting(id, Set.of(to.name()), Digests.of(text)));
    return Mail.plain(id, to.email(), text);
  }

  private static Session judge(LoadRun run, Session session) {
    Mail mail = session.get(MAIL);
    Outcome outcome = session.get(SmtpRequest.OUTCOME);
    if (outcome instanceof Outcome.Accepted) {
      return Attempts.acknowledged(run, session, mail.id());
    }
    if (outcome instanceof Outcome.Refused refused && refused.isPermanent()) {
      return Attempts.refused(run, session, mail.id(), refused.reply());
    }
    return Attempts.again(run, session);
  }
}
