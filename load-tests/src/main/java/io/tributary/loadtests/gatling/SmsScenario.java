package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.sms.IncomingSms;
import io.tributary.loadtests.sms.Webhook;
import java.util.Objects;
import java.util.Set;

/**
 * An SMS provider: signed webhooks, each sent again with the same message id until it gets a 204.
 */
final class SmsScenario {
  private static final String ID = "smsId";
  private static final String WEBHOOK = "smsWebhook";
  private static final String STATUS = "smsStatus";

  private SmsScenario() {}

  static ScenarioBuilder of(LoadRun run) {
    return scenario("sms")
        .exec(
            Attempts.loop(
                run,
                exec(session -> draw(run, session)),
                post().exec(session -> judge(run, session))));
  }

  private static Session draw(LoadRun run, Session session) {
    long number = run.nextNumber();
    String id = run.marker().id(number);
    LoadUser to = run.receiver(number);
    String text = Marker.text(id, LoadRun.SHORT_TEXT_CHARACTERS);
    run.ledger().sent(new Posting(id, Set.of(to.name()), Digests.of(text)));
    Target.SmsAccount account = run.target().sms();
    IncomingSms sms = IncomingSms.to(to.phone(), id, number, text);
    return session
        .set(ID, id)
        .set(
            WEBHOOK,
            Webhook.of(sms, run.target().publicUrl(), account.account(), account.authToken()));
  }

  private static ChainBuilder post() {
    return exec(session -> session.remove(STATUS))
        .exec(
            http("sms")
                .post(session -> webhook(session).path())
                .header("Content-Type", Webhook.CONTENT_TYPE)
                .header(Webhook.SIGNATURE, session -> webhook(session).signature())
                .body(StringBody(session -> webhook(session).body()))
                .check(status().saveAs(STATUS), status().is(204)));
  }

  private static Webhook webhook(Session session) {
    Webhook webhook = session.get(WEBHOOK);
    return Objects.requireNonNull(webhook);
  }

  private static Session judge(LoadRun run, Session session) {
    String id = String.valueOf(session.<Object>get(ID));
    int status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
    if (status == 204) {
      return Attempts.acknowledged(run, session, id);
    }
    if (status == 0 || status == 429 || status >= 500) {
      return Attempts.again(run, session);
    }
    return Attempts.refused(run, session, id, "HTTP status " + status);
  }
}
