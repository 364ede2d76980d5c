package io.tributary.loadtests.drill;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * The processes of an installation, by the names that {@code up} gives them, and signals to them.
 */
final class Processes {
  private static final Duration AGAIN_MAX = Duration.ofSeconds(60);
  private static final Duration READY_MAX = Duration.ofSeconds(120);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final int HTTP_OK = 200;

  private final Installation installation;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();

  Processes(Installation installation) {
    this.installation = installation;
  }

  /** SIGKILL. {@code up} starts it again at once. */
  void kill(String name) throws IOException {
    installation.kill(name);
  }

  /**
   * SIGKILL, and SIGSTOP for the process that takes its place, before it can do anything: so that
   * it stays away until {@link #resume}.
   */
  void killAndHold(String name) throws IOException {
    long before = installation.child(name).pid();
    installation.kill(name);
    Await.until(AGAIN_MAX, () -> isAnother(name, before));
    pause(name);
  }

  long pid(String name) throws IOException {
    return installation.child(name).pid();
  }

  /** Whether a process runs under this name that is not that one. */
  boolean isAnother(String name, long before) {
    return running(name).filter(pid -> pid != before).isPresent();
  }

  private Optional<Long> running(String name) {
    try {
      return Optional.of(installation.child(name))
          .filter(ProcessHandle::isAlive)
          .map(ProcessHandle::pid);
    } catch (IOException | NumberFormatException notNow) {
      return Optional.empty();
    }
  }

  /** SIGTERM, which a node answers by ending in order. */
  void terminate(String name) throws IOException {
    installation.child(name).destroy();
  }

  /** SIGSTOP. */
  void pause(String name) throws IOException {
    signal("STOP", name);
  }

  /** SIGCONT. */
  void resume(String name) throws IOException {
    signal("CONT", name);
  }

  private void signal(String signal, String name) throws IOException {
    long pid = installation.child(name).pid();
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException("kill -" + signal + " of " + name + " failed");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  /** Until it says that it is ready. */
  void awaitReady(Target.Node node) {
    Await.until(READY_MAX, () -> isReady(node));
  }

  boolean isReady(Target.Node node) {
    try {
      return ask(node, "/healthz/ready").statusCode() == HTTP_OK;
    } catch (IOException away) {
      return false;
    }
  }

  /** The sum of a counter of the node, over all its labels. */
  double metric(Target.Node node, String name) throws IOException {
    return ask(node, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> ask(Target.Node node, String path) throws IOException {
    URI uri =
        URI.create(
            "http://%s:%d%s".formatted(node.ops().getHostString(), node.ops().getPort(), path));
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_MAX).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
