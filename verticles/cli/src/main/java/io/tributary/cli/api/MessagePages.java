package io.tributary.cli.api;

import io.tributary.v1.Freshness;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import java.util.List;
import java.util.function.Consumer;

/**
 * All messages of a mailbox, page by page.
 *
 * @param thread empty: of all threads
 * @param deleted whether deleted ones are shown too
 */
record MessagePages(Api api, String user, String thread, Freshness freshness, boolean deleted) {
  private static final int PAGE = 200;

  /** Hands on each page that has messages, and counts them. */
  int each(Consumer<List<Message>> pages) {
    int count = 0;
    String token = "";
    do {
      ListMessagesResponse page = page(token);
      if (page.getMessagesCount() > 0) {
        pages.accept(page.getMessagesList());
      }
      count += page.getMessagesCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return count;
  }

  private ListMessagesResponse page(String token) {
    return api.call(
        MailboxServiceGrpcClient.ListMessages,
        ListMessagesRequest.newBuilder()
            .setUser(user)
            .setThread(thread)
            .setFreshness(freshness)
            .setShowDeleted(deleted)
            .setPageSize(PAGE)
            .setPageToken(token)
            .build());
  }
}
