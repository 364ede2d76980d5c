package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.sms.IncomingSms;
import io.tributary.loadtests.sms.Webhook;
import io.tributary.loadtests.wire.ClientLoop;
import io.tributary.loadtests.wire.HttpPosts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signed webhooks, each another message, over connections that carry one at a time, to all nodes in
 * turn; beside it {@code atomicCreate} with as many calls in flight.
 */
final class SmsBench {
  private static final double TARGET_RATIO = 0.6;
  private static final int TEXT_CHARACTERS = 100;

  /** About what the log's entry of such a message takes. */
  static final int ENTRY_BYTES = 300;

  private final Target target;
  private final Marker marker;
  private final Turns turns;
  private final AtomicLong numbers = new AtomicLong();

  SmsBench(Target target, Marker marker, Turns turns) {
    this.target = target;
    this.marker = marker;
    this.turns = turns;
  }

  /**
   * @param mailboxes which take turns
   */
  Figure measure(List<LoadUser> mailboxes, int connections, LogTable log)
      throws InterruptedException, IOException {
    try (ClientLoop loop = ClientLoop.open();
        AtomicCreateFloor floor = AtomicCreateFloor.open(log, ENTRY_BYTES)) {
      Comparison found =
          turns.compare(lanes(loop, mailboxes, connections), floor.lanes(connections));
      Figure.Case measured =
          new Figure.Case(
              "sms",
              mailboxes.size() + " mailboxes",
              "atomicCreate",
              Map.of("ratio", TARGET_RATIO));
      return Figure.of(
          measured,
          JsonNodeFactory.instance
              .objectNode()
              .put("inFlight", connections)
              .put("nodes", target.https().size())
              .put("valueBytes", ENTRY_BYTES),
          found);
    }
  }

  /** Connections, each with one request under way. */
  List<Lane> lanes(ClientLoop loop, List<LoadUser> mailboxes, int connections)
      throws InterruptedException, IOException {
    List<InetSocketAddress> servers = target.https();
    List<Lane> lanes = new ArrayList<>();
    for (int connection = 0; connection < connections; connection++) {
      InetSocketAddress server = servers.get(connection % servers.size());
      lanes.add(lane(HttpPosts.open(loop, server), target.publicUrl(server), mailboxes));
    }
    return lanes;
  }

  private Lane lane(HttpPosts connection, URI url, List<LoadUser> mailboxes) {
    return ended ->
        connection.post(request(url, mailboxes), status -> ended.accept(problem(status)));
  }

  private static Optional<String> problem(int status) {
    return status == 204
        ? Optional.empty()
        : Optional.of(
            status == HttpPosts.LOST ? "connection lost" : "a webhook got HTTP " + status);
  }

  private byte[] request(URI url, List<LoadUser> mailboxes) {
    long number = numbers.incrementAndGet();
    String id = marker.id(number);
    String phone = mailboxes.get((int) (number % mailboxes.size())).phone();
    IncomingSms sms = IncomingSms.to(phone, id, number, Marker.text(id, TEXT_CHARACTERS));
    Target.SmsAccount account = target.sms();
    return Webhook.of(sms, url, account.account(), account.authToken()).request(url.getAuthority());
  }
}
