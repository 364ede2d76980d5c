package io.tributary.server;

import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.tributary.config.ConfigException;
import io.tributary.config.ConfigLoader;
import io.tributary.config.TributaryConfig;
import io.tributary.server.node.Node;
import io.tributary.server.node.NodeEnvironment;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node: {@code Main --config FILE [--cell NAME] [--id ID] [--roles ROLES] [--child]}. It
 * ends in order on SIGTERM and SIGINT; as a child it ends with its standard input too, and leaves
 * SIGINT to its parent. Exit codes: 0 ended in order, 1 could not start, 2 wrong arguments.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration FAREWELL = Duration.ofSeconds(8);
  private static final int COULD_NOT_START = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) throws InterruptedException {
    Optional<Launch> launch = Launch.parse(arguments);
    if (launch.isEmpty()) {
      System.err.println("usage: " + Launch.USAGE);
      return WRONG_ARGUMENTS;
    }
    try {
      Launch given = launch.get();
      TributaryConfig config = ConfigLoader.load(given.config(), System.getenv(), given.settings());
      return run(config, given.child());
    } catch (ConfigException wrong) {
      wrong.problems().forEach(problem -> System.err.println("tributary: " + problem));
      return COULD_NOT_START;
    }
  }

  private static int run(TributaryConfig config, boolean child) throws InterruptedException {
    RxJavaPlugins.setErrorHandler(lost -> LOG.warn("event=rx.undeliverable", lost));
    Node node = new Node(config, environment());
    Optional<Throwable> failure = new Lifetime(node, child).run();
    failure.ifPresent(Main::tell);
    return failure.isPresent() ? COULD_NOT_START : 0;
  }

  private static NodeEnvironment environment() {
    return new NodeEnvironment(
        InstantSource.system(), new SecureRandom(), Schedulers.io(), PATIENCE, FAREWELL);
  }

  private static void tell(Throwable failure) {
    LOG.error("event=node.start_failed", failure);
    System.err.println("tributary: " + failure.getMessage());
  }
}
