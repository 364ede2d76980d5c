package io.tributary.server.node;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.Conversations;
import io.tributary.channels.live.WindowBudget;
import io.tributary.channels.sms.SmsHost;
import io.tributary.channels.smtp.SmtpEnvironment;
import io.tributary.channels.smtp.SmtpGate;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.codecs.identity.UserId;
import io.tributary.config.SmtpConfig;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.Ownership;
import io.tributary.server.api.ApiServices;
import io.tributary.server.cell.CellService;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.chat.Chat;
import io.tributary.server.conversation.ConversationService;
import io.tributary.server.conversation.HolderCheck;
import io.tributary.server.grpc.CallLog;
import io.tributary.server.grpc.CellApi;
import io.tributary.server.grpc.GrpcServices;
import io.tributary.server.grpc.GrpcVerticle;
import io.tributary.server.http.HttpLoop;
import io.tributary.server.http.HttpRoutes;
import io.tributary.server.http.HttpVerticle;
import io.tributary.server.json.ApiRoutes;
import io.tributary.server.live.LiveFeeds;
import io.tributary.server.live.Neighbours;
import io.tributary.server.metrics.SmsMetrics;
import io.tributary.server.metrics.SmtpMetrics;
import io.tributary.server.node.FaceOpening.Plan;
import io.tributary.server.ops.LoadReport;
import io.tributary.server.router.Credits;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.tributary.server.router.PeopleLookup;
import io.tributary.server.router.Router;
import io.tributary.server.sms.MailboxStatuses;
import io.tributary.server.sms.SmsPart;
import io.tributary.server.smtp.SmtpVerticle;
import io.vertx.core.Vertx;
import io.vertx.grpc.server.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The last steps: mailboxes, router, faces. */
final class Application {
  /** Longer than a shard's own deadline, shorter than what a channel waits. */
  static final Duration MAILBOX_ANSWER_MAX = MailboxLimits.DEFAULT.deadline().plusSeconds(2);

  private static final int CELL_CREDITS = 8_192;
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final Site site;
  private final Roles roles;
  private final Vertx vertx;
  private final Core.Built core;
  private final Mailboxes mailboxes;
  private final Router router;
  private final MailboxReads reads;
  private final LiveFeeds live;
  private final Conversations conversations;
  private final Chat chat;
  private final ApiServices api;
  private final SmsPart sms;
  private final ApiRoutes.Shared jsonApi;
  private final Optional<Shards> shards;

  Application(Site site, Vertx vertx, Core.Built core) {
    this.site = site;
    this.roles = new Roles(site.config().node());
    this.vertx = vertx;
    this.core = core;
    var node = site.config().node();
    this.mailboxes = core.links().mailboxes();
    Credits credits =
        new Credits(new Credits.Allowance(site.config().mailbox().queueMax(), CELL_CREDITS));
    site.metrics().gauge("tributary.router.credits.taken", credits, Credits::taken);
    PeopleLookup people = new PeopleLookup(core.directory(), site.config().smtp().localDomains());
    this.router = new Router(core.directory(), mailboxes, credits, people);
    this.reads = new MailboxReads(core.directory(), mailboxes);
    this.live =
        new LiveFeeds(
            vertx,
            core.directory(),
            reads,
            site.environment().clock(),
            new Neighbours(
                vertx.eventBus(),
                core.links().abroad(),
                node.id(),
                mailboxes,
                core.links().interest()));
    MailboxCommands commands = new MailboxCommands(core.directory(), mailboxes, credits);
    this.conversations = new ConversationService(core.directory(), reads, commands, people);
    WindowBudget windows = new WindowBudget(site.config().chat().windowsBytesMax());
    this.chat =
        new Chat(
            site.config().chat(),
            node.id(),
            new Chat.Ports(
                new HolderCheck(core.tokens(), core.directory()), live::here, conversations),
            windows,
            site.environment().random(),
            site.metrics());
    this.api =
        new ApiParts(site, core)
            .build(new ApiParts.Mailboxes(reads, commands, conversations, live, windows));
    this.jsonApi = ApiParts.json(site);
    this.sms = smsPart(commands);
    this.shards =
        core.store()
            .map(store -> new Shards(site, vertx, core, store, new Shards.Links(router, live)));
  }

  private SmsPart smsPart(MailboxCommands commands) {
    NodeEnvironment environment = site.environment();
    return SmsPart.of(
        site.config(),
        new SmsHost.Ports(
            router,
            router,
            new MailboxStatuses(core.directory(), commands),
            MAILBOX_ANSWER_MAX.plusSeconds(2)),
        new SmsMetrics(site.metrics()),
        new SmsPart.Environment(environment.clock(), environment.random()));
  }

  /** Deploys all shards, if this process serves mailboxes. */
  Completable openMailboxes() {
    return shards.map(Shards::open).orElseGet(Completable::complete);
  }

  /** Mailboxes whose outbox still owes something go on with it, though nobody opens them. */
  void startOutboxes() {
    shards.ifPresent(Shards::startOutboxes);
  }

  /** From now on this node tells how it is doing, and leaves its mailboxes in order. */
  void settle() {
    Scheduler background = site.environment().background();
    Disposable reporting = LoadReport.start(core.discovery(), site.metrics(), background);
    site.closing().add("load", CLOSE_MAX, Completable.fromAction(reporting::dispose));
    Disposable standing = new Standing(core.discovery(), vertx, told()).follow(background);
    site.closing().add("standing", CLOSE_MAX, Completable.fromAction(standing::dispose));
    Completable snapshots = shards.map(Shards::leave).orElseGet(Completable::complete);
    site.closing().add("share", Leaving.MAX, new Leaving(site, core.discovery()).run(snapshots));
  }

  private Standing.Told told() {
    return new Standing.Told() {
      @Override
      public void ownership(Ownership now) {
        shards.ifPresent(mine -> mine.ownership(now));
        if (now == Ownership.LOST) {
          api.watching().endAll();
        }
      }

      @Override
      public void handover(Predicate<UserId> users) {
        shards.ifPresent(mine -> mine.handover(users));
      }
    };
  }

  Single<Faces.Face> openSmtp() {
    if (!roles.smtp()) {
      return Single.just(Faces.Face.NONE);
    }
    SmtpConfig config = site.config().smtp();
    NodeEnvironment environment = site.environment();
    Plan plan = new Plan("smtp", config.host(), config.port());
    SmtpVerticle.Listen listen =
        new SmtpVerticle.Listen(plan.host(), plan.sharedPort(), environment.farewell());
    Function<SmtpEnvironment, SmtpHost> hosts = smtpHosts(config);
    return new FaceOpening(site, vertx)
        .open(
            plan,
            () -> new SmtpVerticle(listen, hosts, environment.clock(), environment.random()),
            SmtpVerticle::boundPort);
  }

  private Function<SmtpEnvironment, SmtpHost> smtpHosts(SmtpConfig config) {
    SmtpGate gate = new SmtpGate(config.connectionsMax(), config.inFlightBytesMax());
    SmtpMetrics metrics = new SmtpMetrics(site.metrics());
    var settings = SmtpPreferences.of(config, MAILBOX_ANSWER_MAX.plusSeconds(3));
    return environment -> new SmtpHost(settings, environment, router, router, gate, metrics);
  }

  Single<Faces.Face> openGrpc() {
    if (!roles.api()) {
      return Single.just(Faces.Face.NONE);
    }
    var config = site.config().grpc();
    Plan plan = new Plan("grpc", config.host(), config.port());
    GrpcVerticle.Listen listen =
        new GrpcVerticle.Listen(
            plan.host(),
            plan.sharedPort(),
            site.environment().farewell(),
            Encryption.options(site.config().tls()));
    List<Service> services =
        GrpcServices.of(api, new CallLog(site.metrics(), site.environment().random()));
    Runnable leaving = api.watching()::shutDown;
    return new FaceOpening(site, vertx)
        .open(
            plan,
            () -> new GrpcVerticle(listen, services, site.readiness()::ready, leaving),
            GrpcVerticle::boundPort);
  }

  /** Where the other nodes of the cell ask this one. */
  Single<Faces.Face> openCell() {
    var config = site.config().cell();
    Plan plan = new Plan("cell", config.host(), config.port());
    GrpcVerticle.Listen listen =
        new GrpcVerticle.Listen(
            plan.host(),
            plan.sharedPort(),
            site.environment().farewell(),
            Encryption.options(config));
    CallLog log = new CallLog(site.metrics(), site.environment().random(), "tributary.cell");
    List<Service> services = List.of(CellApi.service(core.links().service(), log));
    return new FaceOpening(site, vertx)
        .open(
            plan,
            () ->
                new GrpcVerticle(
                    listen,
                    new GrpcVerticle.Offer(services, CellService.MESSAGE_BYTES_MAX),
                    site.readiness()::ready,
                    () -> {}),
            GrpcVerticle::boundPort);
  }

  Single<Faces.Face> openHttp() {
    if (!roles.http()) {
      return Single.just(Faces.Face.NONE);
    }
    var config = site.config().http();
    NodeEnvironment environment = site.environment();
    Plan plan = new Plan("http", config.host(), config.port());
    HttpVerticle.Listen listen =
        new HttpVerticle.Listen(
            plan.host(),
            plan.sharedPort(),
            environment.farewell(),
            Encryption.options(site.config().tls()).setMaxHeaderSize(config.headerBytesMax()));
    return new FaceOpening(site, vertx)
        .open(
            plan,
            () -> new HttpVerticle(listen, environment.clock(), this::httpRoutes),
            HttpVerticle::boundPort);
  }

  /** What one event loop serves over HTTP. */
  private List<HttpRoutes> httpRoutes(HttpLoop loop) {
    List<HttpRoutes> routes = new ArrayList<>();
    if (roles.api()) {
      routes.add(new ApiRoutes(api, jsonApi));
    }
    if (roles.sms()) {
      routes.add(sms.routes(loop));
    }
    if (roles.chat()) {
      routes.add(chat.routes(loop));
    }
    return routes;
  }
}
