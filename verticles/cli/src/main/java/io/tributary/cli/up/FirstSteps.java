package io.tributary.cli.up;

import io.tributary.cli.data.Ready;
import java.util.List;

/**
 * What can be tried once everything runs: each channel once, then a look at what came. To be
 * pasted.
 *
 * @param launcher the command
 * @param dataOption with a space before it, or empty
 */
record FirstSteps(String launcher, String dataOption) {

  /** None if there are no users. */
  List<String> lines(List<Ready.User> users, Ready.Faces at) {
    if (users.isEmpty()) {
      return List.of();
    }
    Ready.User one = users.get(0);
    String other = users.get(users.size() - 1).name();
    return List.of(
        ours("mail send --to " + one.email() + " --text hello"),
        ours("sms send --to " + one.phone() + " --text hello"),
        ours("message send --from " + other + " --to " + one.name() + " --text hello"),
        "swaks --server %s --from you@elsewhere.example --to %s --body hello"
            .formatted(at.smtp().reachable(), one.email()),
        ours("message list " + one.name()),
        ours("chat " + one.name()));
  }

  private String ours(String command) {
    return launcher + " " + command + dataOption;
  }
}
