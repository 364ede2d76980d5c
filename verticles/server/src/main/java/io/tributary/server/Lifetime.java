package io.tributary.server;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.server.node.Node;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** A node's life as a process. Its main thread is the only one that may wait. */
final class Lifetime {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
  private static final long STOP_SECONDS_MAX = 40;

  private final Node node;
  private final boolean child;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Lifetime(Node node, boolean child) {
    this.node = node;
    this.child = child;
  }

  /** Until it was told to end, or could not start: then why. */
  Optional<Throwable> run() throws InterruptedException {
    listenForSignals();
    if (child) {
      watchInput();
    }
    Disposable draining = node.drained().subscribe(() -> requested("drain"));
    Disposable starting = node.start().subscribe(faces -> {}, this::failed);
    end.await();
    starting.dispose();
    draining.dispose();
    stop();
    return Optional.ofNullable(failure.get());
  }

  private void failed(Throwable why) {
    failure.set(why);
    end.countDown();
  }

  private void stop() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    Disposable stopping = node.stop().subscribe(stopped::countDown);
    if (!stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      LOG.warn("event=node.stop_incomplete");
      stopping.dispose();
    }
    LOG.info("event=node.stopped");
  }

  @SuppressWarnings("sunapi") // there is no other way to end in order with exit code 0
  private void listenForSignals() {
    SignalHandler ending = signal -> requested("SIG" + signal.getName());
    Signal.handle(new Signal("TERM"), ending);
    Signal.handle(new Signal("INT"), child ? SignalHandler.SIG_IGN : ending);
  }

  private void watchInput() {
    Thread watcher = new Thread(this::readToEnd, "stdin");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** The pipe ends when the parent does, however it does. */
  private void readToEnd() {
    InputStream in = System.in;
    try {
      while (in.read() >= 0) {
        // What is said there means nothing.
      }
    } catch (IOException gone) {
      LOG.debug("event=node.input_failed", gone);
    }
    requested("end of input");
  }

  private void requested(String by) {
    LOG.info("event=node.stop_requested by=\"{}\"", by);
    end.countDown();
  }
}
