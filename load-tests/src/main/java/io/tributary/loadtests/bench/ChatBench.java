package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pairs who chat: from the send to the reader's frame, when the message is durable in both logs;
 * beside it {@code atomicCreate} with as many calls in flight as messages.
 */
final class ChatBench {
  private static final double TARGET_RATIO = 0.3;
  private static final int READY_MAX_SECONDS = 30;

  /** About what the log's entry of such a message takes, the writer's and the reader's. */
  static final int ENTRY_BYTES = 360;

  private final Target target;
  private final Marker marker;
  private final Turns turns;
  private final AtomicLong numbers = new AtomicLong();

  ChatBench(Target target, Marker marker, Turns turns) {
    this.target = target;
    this.marker = marker;
    this.turns = turns;
  }

  /**
   * @param users an even number, the first chatting with the second and so on
   * @param inFlight messages of each pair
   */
  Figure measure(List<LoadUser> users, int inFlight, LogTable log) throws InterruptedException {
    try (ClientLoop loop = ClientLoop.open();
        AtomicCreateFloor floor = AtomicCreateFloor.open(log, ENTRY_BYTES)) {
      List<ChatPair> pairs = pairs(loop, users);
      List<Lane> lanes = lanes(pairs, inFlight);
      Comparison found = turns.compare(lanes, floor.lanes(lanes.size()));
      pairs.forEach(ChatPair::close);
      return Figure.of(
          new Figure.Case(
              "chat",
              pairs.size() + " pairs, " + inFlight + " in flight",
              "atomicCreate",
              Map.of("ratio", TARGET_RATIO)),
          JsonNodeFactory.instance
              .objectNode()
              .put("inFlight", lanes.size())
              .put("valueBytes", ENTRY_BYTES),
          found);
    }
  }

  /** Each pair with so many messages under way. */
  static List<Lane> lanes(List<ChatPair> pairs, int inFlight) {
    List<Lane> lanes = new ArrayList<>();
    pairs.forEach(pair -> lanes.addAll(Collections.nCopies(inFlight, pair)));
    return lanes;
  }

  /** Everybody's socket, to all nodes in turn: of a pair's two, both to one as often as not. */
  List<ChatPair> pairs(ClientLoop loop, List<LoadUser> users) {
    List<InetSocketAddress> nodes = target.https();
    List<ChatPair> pairs = new ArrayList<>();
    for (int writer = 0; writer + 1 < users.size(); writer += 2) {
      int pair = pairs.size();
      pairs.add(
          new ChatPair(
              loop,
              new ChatPair.Ends(
                  new ChatPair.End(users.get(writer), nodes.get(pair % nodes.size())),
                  new ChatPair.End(
                      users.get(writer + 1), nodes.get(pair / nodes.size() % nodes.size()))),
              marker,
              numbers::incrementAndGet));
    }
    try {
      CompletableFuture.allOf(
              pairs.stream().map(ChatPair::ready).toArray(CompletableFuture<?>[]::new))
          .orTimeout(READY_MAX_SECONDS, TimeUnit.SECONDS)
          .join();
      return pairs;
    } catch (CompletionException refused) {
      throw new IllegalStateException("no welcome for a chat socket: " + refused.getCause());
    }
  }
}
