package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.sms.IncomingSms;
import io.tributary.loadtests.sms.Webhook;
import io.tributary.loadtests.wire.ClientLoop;
import io.tributary.loadtests.wire.GrpcCalls;
import io.tributary.loadtests.wire.HttpPosts;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lists of a mailbox that is in memory, over gRPC; beside it a call of the same server that does
 * next to nothing, over the same connections.
 */
final class ReadsBench {
  private static final double TARGET_PER_SECOND = 15_000;
  private static final int MESSAGES = 600;
  private static final int PEOPLE = 60; // and as many threads
  private static final int TEXT_CHARACTERS = 100;
  private static final int ANSWER_MAX_SECONDS = 20;
  private static final String SERVICE = "/tributary.v1.MailboxService/";
  private static final String FLOOR = "/grpc.health.v1.Health/Check";

  private final Target target;
  private final Turns turns;

  ReadsBench(Target target, Turns turns) {
    this.target = target;
    this.turns = turns;
  }

  /** What is asked for. */
  enum Listing {
    ListThreads,
    ListMessages;

    byte[] request(String user, int pageSize) {
      return switch (this) {
        case ListThreads ->
            ListThreadsRequest.newBuilder()
                .setUser(user)
                .setPageSize(pageSize)
                .build()
                .toByteArray();
        case ListMessages ->
            ListMessagesRequest.newBuilder()
                .setUser(user)
                .setPageSize(pageSize)
                .build()
                .toByteArray();
      };
    }
  }

  /** How many connections, and calls under way on each. */
  record Breadth(int connections, int inFlight) {}

  /**
   * @param reader whose mailbox was {@link #fill filled}
   */
  Figure measure(LoadUser reader, Listing listing, int pageSize, Breadth breadth)
      throws InterruptedException, IOException {
    try (ClientLoop loop = ClientLoop.open()) {
      List<GrpcCalls> connections = new ArrayList<>();
      for (int connection = 0; connection < breadth.connections(); connection++) {
        connections.add(GrpcCalls.open(loop, target.faces().grpc()));
      }
      GrpcCalls.Call read =
          call(reader, SERVICE + listing, listing.request(reader.name(), pageSize));
      Comparison found =
          turns.compare(
              lanes(connections, breadth, read),
              lanes(connections, breadth, call(reader, FLOOR, new byte[0])));
      return Figure.of(
          new Figure.Case(
              "reads",
              listing + " " + pageSize,
              "health check",
              Map.of("perSecond", TARGET_PER_SECOND)),
          JsonNodeFactory.instance
              .objectNode()
              .put("inFlight", breadth.connections() * breadth.inFlight())
              .put("pageSize", pageSize),
          found);
    }
  }

  private GrpcCalls.Call call(LoadUser reader, String path, byte[] request) {
    String authority =
        target.faces().grpc().getHostString() + ":" + target.faces().grpc().getPort();
    return GrpcCalls.call(authority, path, reader.token(), request);
  }

  private static List<Lane> lanes(
      List<GrpcCalls> connections, Breadth breadth, GrpcCalls.Call call) {
    List<Lane> lanes = new ArrayList<>();
    for (GrpcCalls connection : connections) {
      for (int place = 0; place < breadth.inFlight(); place++) {
        lanes.add(ended -> connection.make(call, ended));
      }
    }
    return lanes;
  }

  /** Brings the mailbox to some hundred messages from some people, unless it has them. */
  void fill(Api api, LoadUser reader, Marker marker) throws IOException {
    long there =
        api.call(
                MailboxServiceGrpcClient.GetMailbox,
                GetMailboxRequest.newBuilder().setUser(reader.name()).build())
            .getMessages();
    try (ClientLoop loop = ClientLoop.open()) {
      HttpPosts connection = HttpPosts.open(loop, target.faces().http());
      for (long number = there; number < MESSAGES; number++) {
        post(connection, sms(reader, marker.id(number), number));
      }
    }
  }

  private static IncomingSms sms(LoadUser reader, String id, long number) {
    String from = "+1303555%04d".formatted(2_000 + number % PEOPLE);
    return new IncomingSms(id, number, from, reader.phone(), Marker.text(id, TEXT_CHARACTERS));
  }

  private void post(HttpPosts connection, IncomingSms sms) {
    byte[] request =
        Webhook.of(sms, target.publicUrl(), target.sms().account(), target.sms().authToken())
            .request(target.publicUrl().getAuthority());
    CompletableFuture<Integer> status = new CompletableFuture<>();
    connection.post(request, status::complete);
    int got = status.orTimeout(ANSWER_MAX_SECONDS, TimeUnit.SECONDS).join();
    if (got != 204) {
      throw new IllegalStateException("a message for the mailbox that is read got HTTP " + got);
    }
  }
}
