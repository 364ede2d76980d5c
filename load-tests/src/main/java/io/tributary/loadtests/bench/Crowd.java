package io.tributary.loadtests.bench;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Many sockets, of which only some connect at a time. */
final class Crowd {
  private static final int CONNECTING_MAX = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PROBLEMS_KEPT = 5;

  private final List<ChatSocket> sockets = new ArrayList<>();
  private final Semaphore room = new Semaphore(CONNECTING_MAX);
  private final AtomicInteger welcomed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** Adds one as soon as there is room. For one thread. */
  void add(Function<ChatSocket.Ear, ChatSocket> opening) throws InterruptedException {
    if (!room.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("sockets are not welcomed any more");
    }
    sockets.add(opening.apply(new Newcomer()));
  }

  /** Waits until all have been welcomed or were lost. */
  void awaitAll() {
    Await.until(PATIENCE, () -> room.availablePermits() >= CONNECTING_MAX);
  }

  /** Closes them all. */
  void disperse() {
    sockets.forEach(ChatSocket::close);
  }

  int welcomed() {
    return welcomed.get();
  }

  /** What became of sockets that are not there any more, of the first few. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private final class Newcomer implements ChatSocket.Ear {
    private boolean isWelcome;

    @Override
    public void heard(ServerFrame frame) {
      if (!isWelcome && frame.type().equals("welcome")) {
        isWelcome = true;
        welcomed.incrementAndGet();
        room.release();
      }
    }

    @Override
    public void lost(String why) {
      if (!isWelcome) {
        room.release();
      }
      if (lost.incrementAndGet() <= PROBLEMS_KEPT) {
        problems.add("a socket: " + why);
      }
    }
  }
}
