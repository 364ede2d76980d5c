package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.AddAddressRequest;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.RemoveAddressRequest;
import io.tributary.v1.User;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code user address add|remove}. */
@Command(
    name = "address",
    description = "Further addresses of a user.",
    mixinStandardHelpOptions = true,
    subcommands = {UserAddress.Add.class, UserAddress.Remove.class})
final class UserAddress extends Noun {

  /** What both have. */
  abstract static class Change extends ApiCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The user's name.")
    private String who = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "A mail address or a number.")
    private String address = "";

    Change(Shell shell) {
      super(shell);
    }

    abstract User change(Api api, String name, String changed);

    @Override
    int run(Api api) {
      User user = change(api, who, address);
      if (json()) {
        print(user);
      } else {
        shell().out().println(user.getName() + " " + String.join(" ", user.getAddressesList()));
      }
      return 0;
    }
  }

  @Command(name = "add", description = "One more.", mixinStandardHelpOptions = true)
  static final class Add extends Change {
    Add(Shell shell) {
      super(shell);
    }

    @Override
    User change(Api api, String name, String changed) {
      AddAddressRequest request =
          AddAddressRequest.newBuilder().setName(name).setAddress(changed).build();
      return api.call(DirectoryServiceGrpcClient.AddAddress, request);
    }
  }

  @Command(
      name = "remove",
      description = "One less. Nobody else gets it for thirty days.",
      mixinStandardHelpOptions = true)
  static final class Remove extends Change {
    Remove(Shell shell) {
      super(shell);
    }

    @Override
    User change(Api api, String name, String changed) {
      RemoveAddressRequest request =
          RemoveAddressRequest.newBuilder().setName(name).setAddress(changed).build();
      return api.call(DirectoryServiceGrpcClient.RemoveAddress, request);
    }
  }
}
