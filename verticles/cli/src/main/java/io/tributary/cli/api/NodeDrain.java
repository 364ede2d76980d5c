package io.tributary.cli.api;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.AdminServiceGrpcClient;
import io.tributary.v1.DrainNodeRequest;
import io.tributary.v1.DrainNodeResponse;
import io.tributary.v1.ListNodesRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code node drain}. */
@Command(
    name = "drain",
    description = {
      "Has a node give its mailboxes to the others, finish what is under way and end.",
      "Who supervises it decides whether it starts again: `up` does, so that this restarts a node"
          + " without anybody noticing. Nobody is refused for good meanwhile."
    },
    mixinStandardHelpOptions = true)
public final class NodeDrain extends ApiCommand {
  private static final long LOOK_MILLIS = 200;

  @Parameters(
      arity = "0..1",
      paramLabel = "NODE",
      description = "Its id; without: the node that is asked.")
  private String node = "";

  @Option(names = "--no-wait", description = "Don't wait until it has left.")
  private boolean noWait;

  @Option(
      names = "--wait-max",
      paramLabel = "SECONDS",
      description = "How long to wait, 60 by default.")
  private long waitSeconds = 60;

  NodeDrain(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (waitSeconds < 1) {
      throw wrong("--wait-max: at least 1 second");
    }
  }

  @Override
  int run(Api api) {
    DrainNodeResponse told =
        api.call(
            AdminServiceGrpcClient.DrainNode, DrainNodeRequest.newBuilder().setNode(node).build());
    boolean left = noWait || awaitLeft(api, told);
    if (!left) {
      throw new Failure(
          "node drain: node '%s' was told to leave and has not yet; see `node list`"
              .formatted(told.getNode()));
    }
    if (json()) {
      print(told);
    } else {
      String what = noWait ? " was told to leave" : " has left";
      shell().out().println(Plain.line("node " + told.getNode() + what));
    }
    return 0;
  }

  private boolean awaitLeft(Api api, DrainNodeResponse told) {
    long deadline = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Boolean> there = isThere(api, told);
      if (there.isPresent() ? !there.get() : told.getAsked()) {
        return true;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
    }
    return false;
  }

  /** Empty if nobody answers: so does the node that is asked when it has left. */
  private static Optional<Boolean> isThere(Api api, DrainNodeResponse told) {
    try {
      return Optional.of(
          api
              .call(AdminServiceGrpcClient.ListNodes, ListNodesRequest.getDefaultInstance())
              .getNodesList()
              .stream()
              .anyMatch(each -> each.getIncarnation().equals(told.getIncarnation())));
    } catch (ApiException away) {
      return Optional.empty();
    }
  }
}
