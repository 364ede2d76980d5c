package io.tributary.cli.api;

import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.shell.Table;
import io.tributary.v1.Folder;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.ListThreadsResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Thread;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thread list}. */
@Command(
    name = "thread",
    description = "The conversations of a mailbox.",
    mixinStandardHelpOptions = true,
    subcommands = ThreadCommand.ListAll.class)
public final class ThreadCommand extends Noun {
  private static final int COLUMN_MAX = 40;
  private static final int PAGE = 200;

  /** Where a thread may stand. */
  enum Where {
    MESSAGES,
    OTHER,
    JUNK,
    ARCHIVE
  }

  @Command(
      name = "list",
      description = "The threads of a mailbox, the one with the newest message first.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends ApiCommand {
    @Parameters(paramLabel = "USER", description = "Whose mailbox: a user's name.")
    private String who = "";

    @Option(
        names = "--folder",
        paramLabel = "FOLDER",
        description = "Only of this folder: ${COMPLETION-CANDIDATES}. Default: all but junk.")
    private Optional<Where> folder = Optional.empty();

    @Option(names = "--flag", paramLabel = "FLAG", description = "Only those with this flag.")
    private String flag = "";

    @Option(names = "--unread", description = "Only those with something unread.")
    private boolean unread;

    ListAll(Shell shell) {
      super(shell);
    }

    @Override
    Optional<String> user() {
      return Optional.of(who);
    }

    @Override
    int run(Api api) {
      Table table =
          new Table(COLUMN_MAX, "NEWEST", "WITH", "SUBJECT", "MESSAGES", "UNREAD", "FOLDER", "ID");
      String token = "";
      do {
        ListThreadsResponse page = api.call(MailboxServiceGrpcClient.ListThreads, request(token));
        page.getThreadsList().forEach(thread -> add(table, thread));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
      if (!json()) {
        table.lines().forEach(shell().out()::println);
      }
      return 0;
    }

    private ListThreadsRequest request(String token) {
      return ListThreadsRequest.newBuilder()
          .setUser(who)
          .setPageSize(PAGE)
          .setPageToken(token)
          .setFolder(folder.map(it -> Folder.valueOf(it.name())).orElse(Folder.FOLDER_UNSPECIFIED))
          .setFlag(flag)
          .setUnreadOnly(unread)
          .build();
    }

    private void add(Table table, Thread thread) {
      if (json()) {
        print(thread);
        return;
      }
      table.add(
          Times.written(thread.getLastReceivedAt()),
          String.join(" ", thread.getParticipantsList()),
          thread.getSubject().isBlank() ? thread.getSnippet() : thread.getSubject(),
          Integer.toString(thread.getMessages()),
          Integer.toString(thread.getUnread()),
          thread.getFolder().name(),
          thread.getId());
    }
  }
}
