package io.tributary.cli.api;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code user add}: one by options, or many from a file. */
@Command(
    name = "add",
    description = {
      "Creates a user with all addresses, or nothing.",
      "Many at once: --from FILE, a line `name,email,phone` each; email and phone may be empty.",
      "Running the same file again does no harm."
    },
    mixinStandardHelpOptions = true)
final class UserAdd extends ApiCommand {
  @Option(names = "--name", paramLabel = "NAME", description = "Also the chat address.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--email", paramLabel = "ADDRESS", description = "A mail address.")
  private Optional<String> email = Optional.empty();

  @Option(names = "--phone", paramLabel = "NUMBER", description = "As in +12025550101.")
  private Optional<String> phone = Optional.empty();

  @Option(names = "--from", paramLabel = "FILE", description = "Many users, one a line.")
  private Optional<Path> from = Optional.empty();

  UserAdd(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    if (from.isPresent() == name.isPresent()) {
      throw wrong("give either --name or --from");
    }
  }

  @Override
  int run(Api api) {
    if (from.isPresent()) {
      return addAll(api, from.get());
    }
    add(api, new UserLine(0, name.orElse(""), email.orElse(""), phone.orElse("")), requestId());
    return 0;
  }

  private int addAll(Api api, Path file) {
    int failed = 0;
    List<UserLine> users = UserLine.parse(lines(file));
    for (UserLine user : users) {
      failed += addOne(api, file, user) ? 0 : 1;
    }
    if (failed > 0) {
      throw new Failure("user add: %d of %d users were not added".formatted(failed, users.size()));
    }
    return 0;
  }

  private boolean addOne(Api api, Path file, UserLine user) {
    try {
      add(api, user, user.requestId());
      return true;
    } catch (ApiException refused) {
      if (refused.isPassing()) {
        throw refused;
      }
      shell().err().println(file + " line " + user.line() + ": " + explained(refused));
      return false;
    }
  }

  private void add(Api api, UserLine line, String requestId) {
    User user =
        api.call(
            DirectoryServiceGrpcClient.CreateUser,
            CreateUserRequest.newBuilder()
                .setName(line.name())
                .setEmail(line.email())
                .setPhone(line.phone())
                .setRequestId(requestId)
                .build());
    if (json()) {
      print(user);
    } else {
      String addresses = String.join(" ", user.getAddressesList());
      shell().out().println(Plain.line(user.getName() + " " + user.getId() + " " + addresses));
    }
  }

  private static String requestId() {
    return "cli-" + UUID.randomUUID();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new Failure(
          "user add: can't read " + file + " as UTF-8 text (" + unreadable.getMessage() + ")",
          unreadable);
    }
  }
}
