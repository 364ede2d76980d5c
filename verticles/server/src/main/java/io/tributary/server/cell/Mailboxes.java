package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.NotOwner;
import io.tributary.codecs.identity.UserId;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.cell.Routes.Versions;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.OwnMailboxes;
import java.util.Optional;

/**
 * All mailboxes, wherever they are served: this node's over its event bus, others' by gRPC. Safe
 * for any thread.
 */
public final class Mailboxes {
  private final Routes routes;
  private final OwnMailboxes here;
  private final NodeCalls nodes;
  private final RingRefresh ring;
  private final OwnAddress address;

  /**
   * @param address where other cells' nodes tell this one what happens in their mailboxes
   */
  public Mailboxes(
      Routes routes, OwnMailboxes here, NodeCalls nodes, RingRefresh ring, OwnAddress address) {
    this.address = address;
    this.routes = routes;
    this.here = here;
    this.nodes = nodes;
    this.ring = ring;
  }

  /** The way to the user's mailbox now. */
  public Route routeTo(UserId user) {
    return routes.to(user);
  }

  /** Whether this node serves the mailbox, as far as it knows. */
  public boolean servedHere(UserId user) {
    return routes.servedHere(user);
  }

  /**
   * Asks the mailbox. If its node says that it is another's by a newer ring, that ring is read and
   * the question asked once more: ownership is a hint, and the log decides.
   *
   * <p>Signals {@link NotNowException}, or Vert.x's {@code ReplyException}, if there is no answer.
   */
  public <A> Single<A> ask(UserId user, MailboxRequest<A> request) {
    return Single.defer(() -> ask(user, request, true));
  }

  /** Why nothing can be stored in the mailbox now, for senders; empty if it can. */
  public Optional<String> trouble(UserId user) {
    Route route = routes.to(user);
    if (route instanceof Route.Away away) {
      return Optional.of(away.reason());
    }
    return routes.isMoving(user) ? Optional.of(Routes.MOVING) : routes.trouble(route.cell());
  }

  private <A> Single<A> ask(UserId user, MailboxRequest<A> request, boolean again) {
    if (request.stores() && routes.isMoving(user)) {
      return Single.error(new NotNowException(Routes.MOVING));
    }
    Route route = routes.to(user);
    if (route instanceof Route.There there) {
      Optional<String> trouble = request.stores() ? troubleAbroad(there) : Optional.empty();
      if (trouble.isPresent()) {
        return Single.error(new NotNowException(trouble.get()));
      }
      return ask(there, request).flatMap(answer -> outcome(user, request, there, answer, again));
    }
    return route instanceof Route.Away away
        ? Single.error(new NotNowException(away.reason()))
        : here.ask(user, request);
  }

  /** Of another cell: nothing of ours waits there in vain. */
  private Optional<String> troubleAbroad(Route.There there) {
    return there.cell().equals(routes.ownCell()) ? Optional.empty() : routes.trouble(there.cell());
  }

  private Single<AskResponse> ask(Route.There there, MailboxRequest<?> request) {
    AskRequest question =
        Questions.write(request)
            .setRingVersion(there.versions().ring())
            .setTableVersion(there.versions().table())
            .setListener(request instanceof MailboxRequest.Events ? listener(there) : "")
            .build();
    return nodes.ask(there.node().grpc(), question);
  }

  /** How news for that node are addressed. */
  public String nameOf(Route.There there) {
    return there.cell().equals(routes.ownCell())
        ? there.node().id()
        : there.node().grpc().toString();
  }

  private String listener(Route.There there) {
    return there.cell().equals(routes.ownCell()) ? routes.self() : address.written();
  }

  private <A> Single<A> outcome(
      UserId user,
      MailboxRequest<A> request,
      Route.There asked,
      AskResponse answer,
      boolean again) {
    if (!answer.hasNotOwner()) {
      return Single.fromCallable(() -> Answers.read(request, answer));
    }
    return again && isNews(asked, answer.getNotOwner())
        ? ring.refresh(asked.cell()).andThen(Single.defer(() -> ask(user, request, false)))
        : Single.error(new NotNowException("the mailbox is changing its node"));
  }

  private static boolean isNews(Route.There asked, NotOwner answer) {
    return new Versions(answer.getTableVersion(), answer.getRingVersion())
        .newerThan(asked.versions());
  }
}
