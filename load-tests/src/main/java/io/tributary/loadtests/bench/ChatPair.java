package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Somebody who writes and somebody who reads it. A call ends when the reader's socket has brought
 * the message: it is in both logs then. Safe for any thread.
 */
final class ChatPair implements Lane, AutoCloseable {
  private static final int TEXT_CHARACTERS = 100;

  private final Map<String, Consumer<Optional<String>>> awaited = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> writerIsThere = new CompletableFuture<>();
  private final CompletableFuture<Void> readerIsThere = new CompletableFuture<>();
  private final String to;
  private final Marker marker;
  private final LongSupplier numbers;
  private final ChatSocket writer;
  private final ChatSocket reader;

  /**
   * One of them.
   *
   * @param server the node that the socket leads to
   */
  record End(LoadUser user, InetSocketAddress server) {}

  /** Both. */
  record Ends(End writer, End reader) {}

  /**
   * Begins to connect both.
   *
   * @param numbers gives a number that no other message of the run has
   */
  ChatPair(ClientLoop loop, Ends ends, Marker marker, LongSupplier numbers) {
    this.to = ends.reader().user().name();
    this.marker = marker;
    this.numbers = numbers;
    this.reader = open(loop, ends.reader(), new Reading());
    this.writer = open(loop, ends.writer(), new Writing());
  }

  private ChatSocket open(ClientLoop loop, End end, ChatSocket.Ear ear) {
    return ChatSocket.open(loop, end.server(), device(end.user()), ear);
  }

  private ChatSocket.Device device(LoadUser user) {
    return new ChatSocket.Device(user.token(), "bench-" + marker.run(), Optional.empty());
  }

  /** When both have been welcomed. */
  CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(writerIsThere, readerIsThere);
  }

  @Override
  public void call(Consumer<Optional<String>> ended) {
    String id = marker.id(numbers.getAsLong());
    awaited.put(id, ended);
    writer.send(Frames.send(id, to, Marker.text(id, TEXT_CHARACTERS)));
  }

  private void end(String id, Optional<String> problem) {
    Consumer<Optional<String>> ended = awaited.remove(id);
    if (ended != null) {
      ended.accept(problem);
    }
  }

  private void endAll(String problem) {
    List.copyOf(awaited.keySet()).forEach(id -> end(id, Optional.of(problem)));
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
  }

  private final class Writing implements ChatSocket.Ear {
    @Override
    public void heard(ServerFrame frame) {
      switch (frame.type()) {
        case "welcome" -> writerIsThere.complete(null);
        case "error" ->
            end(frame.id().orElse(""), Optional.of("a send got the error " + frame.code()));
        default -> {} // `sent` comes for each message; the reader's frame is what counts
      }
    }

    @Override
    public void lost(String why) {
      writerIsThere.completeExceptionally(new IllegalStateException(why));
      endAll("a writer's socket: " + why);
    }
  }

  private final class Reading implements ChatSocket.Ear {
    @Override
    public void heard(ServerFrame frame) {
      switch (frame.type()) {
        case "welcome" -> readerIsThere.complete(null);
        case "message" ->
            frame.text().flatMap(marker::idIn).ifPresent(id -> end(id, Optional.empty()));
        case "gap" -> endAll("a reader was told of a gap");
        default -> {} // heads, presence
      }
    }

    @Override
    public void lost(String why) {
      readerIsThere.completeExceptionally(new IllegalStateException(why));
      endAll("a reader's socket: " + why);
    }
  }
}
