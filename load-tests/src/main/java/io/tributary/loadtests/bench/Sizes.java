package io.tributary.loadtests.bench;

import io.tributary.loadtests.options.Range;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How many there are of everything. */
final class Sizes {
  private static final int USERS_MAX = 10_000;

  @Option(
      names = "--mailboxes",
      paramLabel = "N",
      description =
          "sms: how many it writes to, made if there are fewer; default: ${DEFAULT-VALUE}")
  private int mailboxes = 1_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "sms: each with one request in flight; default: ${DEFAULT-VALUE}")
  private int connections = 50;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "chat: people who write, and as many who read; default: ${DEFAULT-VALUE}")
  private int pairs = 50;

  @Option(
      names = "--sockets",
      paramLabel = "N",
      description = "idle: how many are opened; default: ${DEFAULT-VALUE}")
  private int sockets = 10_000;

  @Option(
      names = "--socket-users",
      paramLabel = "N",
      description = "idle: whose they are, made if there are fewer; default: ${DEFAULT-VALUE}")
  private int socketUsers = 1_000;

  void check(CommandSpec spec) {
    Range.to(USERS_MAX).check(spec, "--mailboxes", mailboxes);
    Range.to(5_000).check(spec, "--connections", connections);
    Range.to(USERS_MAX / 2).check(spec, "--pairs", pairs);
    Range.to(100_000).check(spec, "--sockets", sockets);
    Range.to(USERS_MAX).check(spec, "--socket-users", socketUsers);
  }

  int mailboxes() {
    return mailboxes;
  }

  int connections() {
    return connections;
  }

  int pairs() {
    return pairs;
  }

  int sockets() {
    return sockets;
  }

  int socketUsers() {
    return socketUsers;
  }
}
