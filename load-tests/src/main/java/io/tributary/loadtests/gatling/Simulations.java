package io.tributary.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.tributary.loadtests.smtp.SmtpProtocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** What the simulations are put together from. */
final class Simulations {
  private static final int FRAMES_KEPT = 20_000;

  private Simulations() {}

  static List<PopulationBuilder> mail(LoadRun run) {
    SmtpProtocol protocol = new SmtpProtocol(run.target().faces().smtp());
    return List.of(users(MailScenario.of(run), run.shape().users()).protocols(protocol));
  }

  static List<PopulationBuilder> sms(LoadRun run) {
    return List.of(users(SmsScenario.of(run), run.shape().users()).protocols(web(run)));
  }

  static List<PopulationBuilder> chat(LoadRun run) {
    return List.of(
        users(ListenScenario.of(run), run.mailboxes().size()).protocols(web(run)),
        users(ChatScenario.of(run), run.shape().users()).protocols(web(run)));
  }

  private static PopulationBuilder users(ScenarioBuilder scenario, int count) {
    return scenario.injectOpen(atOnceUsers(count));
  }

  private static HttpProtocolBuilder web(LoadRun run) {
    InetSocketAddress server = run.target().faces().http();
    String place = server.getHostString() + ":" + server.getPort();
    return http.baseUrl("http://" + place)
        .wsBaseUrl("ws://" + place)
        .wsUnmatchedInboundMessageBufferSize(FRAMES_KEPT);
  }

  /** The longest that a run may take, whatever hangs. */
  static Duration lengthMax(LoadRun run) {
    return run.shape().length().plus(LoadRun.SETTLE_MAX).plusSeconds(60);
  }
}
