package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.LiveNews;
import io.tributary.cell.v1.NotOwner;
import io.tributary.cell.v1.Nothing;
import io.tributary.cell.v1.OpenLogRequest;
import io.tributary.cell.v1.OpenLogResponse;
import io.tributary.cell.v1.PulseResponse;
import io.tributary.cell.v1.RefusalValue.Kind;
import io.tributary.codecs.identity.UserId;
import io.tributary.server.cell.Routes.Route;
import io.tributary.server.cell.Routes.Versions;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.OwnMailboxes;
import io.tributary.storage.ActionLog;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node answers other nodes. A mailbox that it serves is asked; a question for another
 * node's is led on once; one that was led here by mistake is answered with who owns it. Safe for
 * any thread.
 */
public final class CellService {
  /** A page of 200 messages of 64 KiB each, and something over. */
  public static final int MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CellService.class);

  private final Routes routes;
  private final OwnMailboxes mailboxes;
  private final NodeCalls nodes;
  private final RingRefresh ring;
  private final Interest interest;
  private final Local local;

  /**
   * What else this node does for others.
   *
   * @param logs of this cell; none here if this process serves no mailboxes
   */
  public record Local(Optional<ActionLog> logs, CellStates cells, Consumer<LiveNews> news) {}

  public CellService(
      Routes routes,
      OwnMailboxes mailboxes,
      NodeCalls nodes,
      RingRefresh ring,
      Interest interest,
      Local local) {
    this.interest = interest;
    this.local = local;
    this.routes = routes;
    this.mailboxes = mailboxes;
    this.nodes = nodes;
    this.ring = ring;
  }

  /** The answer, be it a refusal. Never signals an error for what a node may ask. */
  public Single<AskResponse> answer(AskRequest question) {
    return Single.defer(() -> answer(question, true))
        .onErrorReturn(failure -> retry(question, failure));
  }

  private Single<AskResponse> answer(AskRequest question, boolean mayRefresh) {
    UserId user = new UserId(question.getUser());
    Route route = routes.to(user);
    if (route instanceof Route.Here) {
      return here(user, question);
    }
    if (mayRefresh && isOlder(route, question)) {
      return ring.refresh(routes.ownCell()).andThen(Single.defer(() -> answer(question, false)));
    }
    return route instanceof Route.There there
        ? elsewhere(question, there)
        : Single.error(new NotNowException(((Route.Away) route).reason()));
  }

  /** Only here must the question be understood: it is led on as it came. */
  private Single<AskResponse> here(UserId user, AskRequest question) {
    MailboxRequest<?> request = Questions.read(question);
    if (request.stores() && routes.isMoving(user)) {
      return Single.error(new NotNowException(Routes.MOVING));
    }
    noteListener(question, user);
    return mailboxes.ask(user, request).map(outcome -> Answers.write(request, outcome));
  }

  /** Before the mailbox is read: what is committed later is told. */
  private void noteListener(AskRequest question, UserId user) {
    if (!question.getListener().isEmpty()) {
      interest.noted(user, question.getListener());
    }
  }

  /** Whether the caller knew a newer ring, which may say that the mailbox is served here. */
  private static boolean isOlder(Route route, AskRequest question) {
    Versions asked = new Versions(question.getTableVersion(), question.getRingVersion());
    Versions known =
        route instanceof Route.There there
            ? there.versions()
            : route instanceof Route.Away away ? away.versions() : asked;
    return asked.newerThan(known) || route instanceof Route.Away;
  }

  private Single<AskResponse> elsewhere(AskRequest question, Route.There there) {
    if (question.getForwarded()) {
      return Single.just(notOwner(there));
    }
    AskRequest led =
        question.toBuilder()
            .setForwarded(true)
            .setRingVersion(there.versions().ring())
            .setTableVersion(there.versions().table())
            .build();
    return nodes.ask(there.node().grpc(), led);
  }

  private static AskResponse notOwner(Route.There there) {
    return AskResponse.newBuilder()
        .setNotOwner(
            NotOwner.newBuilder()
                .setTableVersion(there.versions().table())
                .setRingVersion(there.versions().ring())
                .setOwner(there.node().id()))
        .build();
  }

  /**
   * Writes the first entry of a log, if it is one of this cell's. Never signals an error for what a
   * node may ask.
   */
  public Single<OpenLogResponse> openLog(OpenLogRequest request) {
    return Single.defer(() -> OpenedLogs.in(routes.ownCell(), local.logs()).append(request))
        .onErrorReturn(failure -> OpenedLogs.refused(String.valueOf(failure.getMessage())));
  }

  /** Hears something, which may be lost. */
  public Single<Nothing> tell(LiveNews news) {
    return Single.fromCallable(
        () -> {
          local.news().accept(news);
          return Nothing.getDefaultInstance();
        });
  }

  /** How this node's cell is. */
  public Single<PulseResponse> pulse(Nothing nothing) {
    Optional<String> trouble = local.cells().trouble(routes.ownCell());
    return Single.just(
        PulseResponse.newBuilder()
            .setWell(trouble.isEmpty())
            .setReason(trouble.orElse(""))
            .build());
  }

  private static AskResponse retry(AskRequest question, Throwable failure) {
    if (failure instanceof NotNowException notNow) {
      return Answers.refusal(Kind.RETRY, notNow.reason());
    }
    LOG.warn(
        "event=cell.failed question={} reason=\"{}\"",
        question.getQuestionCase(),
        failure.toString());
    return Answers.refusal(Kind.RETRY, "the mailbox does not answer");
  }
}
