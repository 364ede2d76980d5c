package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.GetUserRequest;
import io.tributary.v1.ListUsersRequest;
import io.tributary.v1.ListUsersResponse;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.ResolveRequest;
import io.tributary.v1.User;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code user add|list|show|locate|address}. */
@Command(
    name = "user",
    description = "People and their addresses.",
    mixinStandardHelpOptions = true,
    subcommands = {
      UserAdd.class,
      UserCommand.ListAll.class,
      UserCommand.Show.class,
      UserCommand.Locate.class,
      UserAddress.class
    })
public final class UserCommand extends Noun {
  private static final int COLUMN_MAX = 40;
  private static final int PAGE = 1_000;

  @Command(name = "list", description = "All users.", mixinStandardHelpOptions = true)
  static final class ListAll extends ApiCommand {
    ListAll(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      Table table = new Table(COLUMN_MAX, "NAME", "ID", "ADDRESSES");
      String page = "";
      do {
        ListUsersResponse response =
            api.call(
                DirectoryServiceGrpcClient.ListUsers,
                ListUsersRequest.newBuilder().setPageSize(PAGE).setPageToken(page).build());
        response.getUsersList().forEach(user -> add(table, user));
        page = response.getNextPageToken();
      } while (!page.isEmpty());
      if (!json()) {
        table.lines().forEach(shell().out()::println);
      }
      return 0;
    }

    private void add(Table table, User user) {
      if (json()) {
        print(user);
      } else {
        table.add(user.getName(), user.getId(), String.join(" ", user.getAddressesList()));
      }
    }
  }

  @Command(
      name = "show",
      description = "One user, by name or by any address.",
      mixinStandardHelpOptions = true)
  static final class Show extends ApiCommand {
    @Parameters(paramLabel = "USER", description = "alice, alice@example.com or +12025550101.")
    private String who = "";

    Show(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      User user = isAddress() ? byAddress(api) : byName(api);
      if (json()) {
        print(user);
      } else {
        Table table = new Table(COLUMN_MAX, "name", user.getName());
        table.add("id", user.getId());
        user.getAddressesList().forEach(address -> table.add("address", address));
        table.add("created", Times.written(user.getCreatedAt()));
        table.lines().forEach(shell().out()::println);
      }
      return 0;
    }

    private boolean isAddress() {
      return who.contains("@") || who.contains(":") || who.startsWith("+");
    }

    private User byName(Api api) {
      return api.call(
          DirectoryServiceGrpcClient.GetUser, GetUserRequest.newBuilder().setName(who).build());
    }

    private User byAddress(Api api) {
      return api.call(
          DirectoryServiceGrpcClient.Resolve, ResolveRequest.newBuilder().setAddress(who).build());
    }
  }

  @Command(
      name = "locate",
      description = "Which slot, cell and node serve a user's mailbox, and why.",
      mixinStandardHelpOptions = true)
  static final class Locate extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String who = "";

    Locate(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      LocateResponse found =
          api.call(
              DirectoryServiceGrpcClient.Locate, LocateRequest.newBuilder().setName(who).build());
      if (json()) {
        print(found);
      } else {
        Table table = new Table(COLUMN_MAX, "user", found.getUser().getName());
        table.add("slot", Integer.toString(found.getSlot()));
        table.add("cell", found.getCell() + " (by " + found.getReason() + ")");
        table.add("node", found.getNode().isEmpty() ? "none" : found.getNode());
        table.add("because", found.getNodeReason());
        table.add("slot table", "version " + found.getTableVersion());
        table.add("ring", "version " + found.getRingVersion());
        table.lines().forEach(shell().out()::println);
      }
      return 0;
    }
  }
}
