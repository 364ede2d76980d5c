package io.tributary.server.node;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.channels.Conversations;
import io.tributary.channels.live.LiveSource;
import io.tributary.channels.live.WindowBudget;
import io.tributary.server.api.Accounts;
import io.tributary.server.api.AdminOperations;
import io.tributary.server.api.ApiServices;
import io.tributary.server.api.Authenticator;
import io.tributary.server.api.CellOperations;
import io.tributary.server.api.DirectoryOperations;
import io.tributary.server.api.MailboxReading;
import io.tributary.server.api.MailboxWriting;
import io.tributary.server.api.Watching;
import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.json.ApiRoutes;
import io.tributary.server.live.LiveFeeds;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.vertx.core.Vertx;

/** What the API consists of, for all its faces. */
final class ApiParts {
  private final Site site;
  private final Core.Built core;

  ApiParts(Site site, Core.Built core) {
    this.site = site;
    this.core = core;
  }

  /**
   * The ways to the mailboxes.
   *
   * @param windows for what waits for slow watches
   */
  record Mailboxes(
      MailboxReads reads,
      MailboxCommands commands,
      Conversations conversations,
      LiveFeeds live,
      WindowBudget windows) {}

  ApiServices build(Mailboxes mailboxes) {
    Accounts accounts = new Accounts(core.directory());
    var discovery = core.discovery();
    return new ApiServices(
        new Authenticator(core.tokens()::check),
        new MailboxReading(accounts, mailboxes.reads()),
        new MailboxWriting(
            accounts,
            mailboxes.conversations(),
            mailboxes.commands(),
            mailboxes.reads(),
            site.environment().random()),
        new Watching(accounts, () -> liveHere(mailboxes)),
        new DirectoryOperations(
            core.directory(),
            core.tokens(),
            new DirectoryOperations.Places(discovery.locator(), discovery::ring)),
        new AdminOperations(
            new AdminOperations.Self(site.config().node().cell(), site.config().node().id()),
            new CellNodes(discovery)),
        new CellOperations(
            new CellOperations.Known(
                discovery::cells, discovery::ring, discovery.locator(), discovery.changes()),
            core.links().states(),
            accounts));
  }

  /** What the JSON face has for all event loops together. */
  static ApiRoutes.Shared json(Site site) {
    var config = site.config().http();
    return new ApiRoutes.Shared(
        new ApiRoutes.Limits(
            config.apiBodyBytesMax(), config.apiRequestsMax(), config.apiStreamsMax()),
        config.corsOrigins(),
        site.metrics(),
        site.environment().random());
  }

  private LiveSource liveHere(Mailboxes mailboxes) {
    NodeEnvironment environment = site.environment();
    Scheduler scheduler = ContextScheduler.of(Vertx.currentContext(), environment.clock());
    return new LiveSource(
        mailboxes.live().here(), scheduler, environment.random(), mailboxes.windows());
  }
}
