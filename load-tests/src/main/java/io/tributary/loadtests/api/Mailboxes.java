package io.tributary.loadtests.api;

import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Marker;
import io.tributary.loadtests.audit.Sighting;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListMessagesResponse;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads whole mailboxes by the API, page by page. */
public final class Mailboxes {
  private static final int PAGE = 200;

  private final Api api;

  public Mailboxes(Api api) {
    this.api = api;
  }

  /** The messages of one run in these mailboxes; others are passed over. */
  public Stream<Sighting> sightings(Marker marker, List<LoadUser> users) {
    return users.stream()
        .flatMap(
            user -> messages(user).flatMap(message -> sighting(marker, user, message).stream()));
  }

  private static Optional<Sighting> sighting(Marker marker, LoadUser user, Message message) {
    return marker
        .idIn(message.getText())
        .map(id -> new Sighting(user.name(), Optional.of(id), Digests.of(message.getText())));
  }

  /** All messages of one mailbox, oldest first. */
  Stream<Message> messages(LoadUser user) {
    return Stream.iterate(
            Optional.of(page(user, "")),
            Optional::isPresent,
            page -> page.flatMap(p -> after(user, p)))
        .flatMap(page -> page.orElseThrow().getMessagesList().stream());
  }

  private Optional<ListMessagesResponse> after(LoadUser user, ListMessagesResponse page) {
    return page.getNextPageToken().isEmpty()
        ? Optional.empty()
        : Optional.of(page(user, page.getNextPageToken()));
  }

  private ListMessagesResponse page(LoadUser user, String token) {
    return api.call(
        MailboxServiceGrpcClient.ListMessages,
        ListMessagesRequest.newBuilder()
            .setUser(user.name())
            .setPageSize(PAGE)
            .setPageToken(token)
            .build());
  }
}
