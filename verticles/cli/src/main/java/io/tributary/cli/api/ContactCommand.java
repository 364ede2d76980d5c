package io.tributary.cli.api;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.Contact;
import io.tributary.v1.ListContactsRequest;
import io.tributary.v1.ListContactsResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.SetContactRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contact add|list|link|remove}. */
@Command(
    name = "contact",
    description = "People outside, as a user knows them: all their addresses are one person.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ContactCommand.Add.class,
      ContactCommand.ListAll.class,
      ContactCommand.Link.class,
      ContactCommand.Remove.class
    })
public final class ContactCommand extends Noun {
  private static final int COLUMN_MAX = 60;
  private static final int PAGE = 200;

  /** What all of them have. */
  abstract static class OfUser extends ApiCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "Whose contacts: a user's name.")
    private String who = "";

    OfUser(Shell shell) {
      super(shell);
    }

    final String who() {
      return who;
    }

    @Override
    final Optional<String> user() {
      return Optional.of(who);
    }

    final int set(Api api, SetContactRequest.Builder request) {
      request.setUser(who).setRequestId(UUID.randomUUID().toString());
      Contact set = api.call(MailboxServiceGrpcClient.SetContact, request.build());
      if (json()) {
        print(set);
      } else {
        shell()
            .out()
            .println((set.getId() + " " + String.join(" ", set.getAddressesList())).strip());
      }
      return 0;
    }

    final void each(Api api, Consumer<Contact> contacts) {
      String token = "";
      do {
        ListContactsResponse page =
            api.call(
                MailboxServiceGrpcClient.ListContacts,
                ListContactsRequest.newBuilder()
                    .setUser(who)
                    .setPageSize(PAGE)
                    .setPageToken(token)
                    .build());
        page.getContactsList().forEach(contacts);
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
  }

  @Command(name = "add", description = "A new contact.", mixinStandardHelpOptions = true)
  static final class Add extends OfUser {
    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "ADDRESS",
        description = "carol@example.net, +12025550199 …")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "What the user calls them.")
    private String name = "";

    Add(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      return set(api, SetContactRequest.newBuilder().setName(name).addAllAddresses(addresses));
    }
  }

  @Command(name = "list", description = "All contacts.", mixinStandardHelpOptions = true)
  static final class ListAll extends OfUser {
    ListAll(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      Table table = new Table(COLUMN_MAX, "NAME", "ADDRESSES", "ID");
      each(api, contact -> add(table, contact));
      if (!json()) {
        table.lines().forEach(shell().out()::println);
      }
      return 0;
    }

    private void add(Table table, Contact contact) {
      if (json()) {
        print(contact);
      } else {
        table.add(contact.getName(), String.join(" ", contact.getAddressesList()), contact.getId());
      }
    }
  }

  @Command(
      name = "link",
      description = "Gives a contact more addresses: they are the same person.",
      mixinStandardHelpOptions = true)
  static final class Link extends OfUser {
    @Parameters(index = "1", paramLabel = "ID", description = "As `contact list` shows it.")
    private String id = "";

    @Parameters(
        index = "2..*",
        arity = "1..*",
        paramLabel = "ADDRESS",
        description = "carol@example.net, +12025550199 …")
    private List<String> addresses = new ArrayList<>();

    Link(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      List<Contact> found = new ArrayList<>();
      each(api, contact -> found.add(contact));
      Contact contact =
          found.stream()
              .filter(one -> one.getId().equals(id))
              .findFirst()
              .orElseThrow(
                  () -> new Failure("contact link: no contact has this id; see `contact list`"));
      return set(
          api,
          SetContactRequest.newBuilder()
              .setId(id)
              .setName(contact.getName())
              .addAllAddresses(contact.getAddressesList())
              .addAllAddresses(addresses));
    }
  }

  @Command(name = "remove", description = "Forgets a contact.", mixinStandardHelpOptions = true)
  static final class Remove extends OfUser {
    @Parameters(index = "1", paramLabel = "ID", description = "As `contact list` shows it.")
    private String id = "";

    Remove(Shell shell) {
      super(shell);
    }

    @Override
    int run(Api api) {
      return set(api, SetContactRequest.newBuilder().setId(id));
    }
  }
}
