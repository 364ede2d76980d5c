package io.tributary.mailbox;

import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.ReadOutcome.BadPageToken;
import io.tributary.mailbox.ReadOutcome.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Listings of threads, from state alone. */
final class ThreadReads {
  private ThreadReads() {}

  static ReadOutcome<Page<ThreadView>> threads(
      MailboxState state, ThreadFilter filter, PageRequest request) {
    PageToken tokens = new PageToken(state.user(), "threads" + name(filter));
    Optional<Position> before = request.token().flatMap(tokens::read);
    if (request.token().isPresent() && before.isEmpty()) {
      return new BadPageToken<>();
    }
    List<ThreadView> page = new ArrayList<>();
    long bytes = 0;
    for (ThreadState thread : state.threads().newestFirst(before).values()) {
      if (thread.isShown() && matches(thread, filter)) {
        bytes += thread.viewBytes();
        boolean full = bytes > MessagePage.VIEW_BYTES_MAX && !page.isEmpty();
        if (full || page.size() == request.size()) {
          String next = tokens.write(page.get(page.size() - 1).last());
          return new Found<>(new Page<>(page, Optional.of(next)));
        }
        page.add(state.view(thread));
      }
    }
    return new Found<>(new Page<>(page, Optional.empty()));
  }

  private static boolean matches(ThreadState thread, ThreadFilter filter) {
    boolean inFolder =
        filter.folder().isPresent()
            ? thread.folder() == filter.folder().get()
            : thread.folder() != Folder.JUNK;
    boolean flagged = filter.flag().isEmpty() || thread.flags().contains(filter.flag().get());
    return inFolder && flagged && (!filter.unreadOnly() || thread.unread() > 0);
  }

  /** Empty for the listing of all, whose tokens are older than filters. */
  private static String name(ThreadFilter filter) {
    if (filter.equals(ThreadFilter.ALL)) {
      return "";
    }
    return " "
        + filter.folder().map(Folder::number).orElse(0)
        + (filter.unreadOnly() ? " unread " : " ")
        + filter.flag().orElse("");
  }
}
