package io.tributary.server.testing;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.channels.live.LiveSource;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.directory.TokenGrant.Scope;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.membership.ClusterUnavailableException;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.CellMap;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.placement.PlacementChanges;
import io.tributary.discovery.placement.SlotTable;
import io.tributary.discovery.ring.Ring;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.server.api.Accounts;
import io.tributary.server.api.AdminOperations;
import io.tributary.server.api.ApiServices;
import io.tributary.server.api.Authenticator;
import io.tributary.server.api.CellOperations;
import io.tributary.server.api.DirectoryOperations;
import io.tributary.server.api.MailboxReading;
import io.tributary.server.api.MailboxWriting;
import io.tributary.server.api.Watching;
import io.tributary.server.cell.CellStates;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.conversation.ConversationService;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.eventloop.ContextScheduler;
import io.tributary.server.live.LiveFeeds;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.router.Credits;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.tributary.server.router.PeopleLookup;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The API's services over a directory in memory and mailboxes that answer as a test says. */
public final class ApiFixture {
  public static final MessageId MESSAGE = new MessageId(new UserId(1), Position.of(2, 0));

  public final Vertx vertx;
  public final FakeDirectory directory = new FakeDirectory();
  public final FakeTokens tokens = new FakeTokens();
  public final UserAccount alice = directory.put(1, "alice", 1);
  public final UserAccount bob = directory.put(2, "bob", 1);
  public final String operators = tokens.issue(Scope.OPERATOR, Optional.empty()).blockingGet();
  public final String alices = tokens.issue(Scope.USER, Optional.of(alice.id())).blockingGet();

  /** What mailboxes answer; nothing: they don't. */
  public volatile Function<MailboxRequest<?>, Optional<Object>> mailbox =
      request -> Optional.empty();

  /** What they were asked. */
  public final Queue<MailboxRequest<?>> asked = new ConcurrentLinkedQueue<>();

  public final FakeNodes nodes = new FakeNodes();
  public final LiveFeeds live;
  private final Mailboxes mailboxes;
  private final MailboxReads reads;

  public ApiFixture(Vertx vertx) {
    this(vertx, true);
  }

  /**
   * @param scripted false: the mailboxes are somebody else's, at {@code mailbox.0}
   */
  public ApiFixture(Vertx vertx, boolean scripted) {
    this.vertx = vertx;
    ByReferenceCodec.register(vertx.eventBus());
    if (scripted) {
      answerByScript();
    }
    mailboxes = Nodes.alone(vertx, Places.on("c1", "n1"), Duration.ofSeconds(20));
    reads = new MailboxReads(directory, mailboxes);
    live =
        new LiveFeeds(
            vertx, directory, reads, InstantSource.system(), Nodes.noNeighbours(vertx, mailboxes));
  }

  private void answerByScript() {
    vertx
        .eventBus()
        .<MailboxRequest<?>>localConsumer(
            "mailbox.0",
            message -> {
              asked.add(message.body());
              mailbox
                  .apply(message.body())
                  .ifPresent(answer -> message.reply(answer, ByReferenceCodec.options()));
            });
  }

  public ApiServices services() {
    Accounts accounts = new Accounts(directory);
    MailboxCommands commands = commands();
    return new ApiServices(
        new Authenticator(tokens::check),
        new MailboxReading(accounts, reads),
        new MailboxWriting(
            accounts, conversations(), commands, reads, new java.security.SecureRandom()),
        new Watching(accounts, this::liveHere),
        new DirectoryOperations(
            directory,
            tokens,
            new DirectoryOperations.Places(
                Places.on("c1", "n1"), cell -> nodes.ring(cell).orElse(Ring.EMPTY))),
        new AdminOperations(new AdminOperations.Self("c1", "n1"), nodes),
        cells(accounts));
  }

  /** The cells c1 and c2; c2 has no node. */
  private static CellOperations cells(Accounts accounts) {
    List<Cell> both = List.of(Cell.sharing(1, "c1", 100), Cell.sharing(2, "c2", 0));
    CellMap map = new CellMap(SlotTable.allOn(1, 4), Pins.NONE, both);
    return new CellOperations(
        new CellOperations.Known(
            () -> map,
            cell -> cell.equals("c1") ? new Ring(7, List.of(Places.node("n1"))) : Ring.EMPTY,
            Places.on("c1", "n1"),
            new NoChanges()),
        CellStates.WELL,
        accounts);
  }

  /** ZooKeeper is away. */
  private static final class NoChanges implements PlacementChanges {
    private static final Completable AWAY =
        Completable.error(new ClusterUnavailableException("away", new IllegalStateException()));

    @Override
    public Completable weigh(String cell, int weight) {
      return AWAY;
    }

    @Override
    public Completable pin(UserId user, String cell) {
      return AWAY;
    }

    @Override
    public Completable unpin(UserId user) {
      return AWAY;
    }
  }

  public ConversationService conversations() {
    PeopleLookup people = new PeopleLookup(directory, List.of("example.com"));
    return new ConversationService(directory, reads, commands(), people);
  }

  private MailboxCommands commands() {
    Credits credits = new Credits(new Credits.Allowance(100, 100));
    return new MailboxCommands(directory, mailboxes, credits);
  }

  private LiveSource liveHere() {
    Scheduler scheduler = ContextScheduler.of(Vertx.currentContext(), InstantSource.system());
    return new LiveSource(live.here(), scheduler, new SplittableRandom(1));
  }

  /** Every command is done, at that position. */
  public void commandsAreDoneAt(Position position) {
    mailbox =
        request ->
            request instanceof MailboxRequest.Execute
                ? Optional.of(new CommandOutcome.Done(position, false))
                : Optional.of(new io.tributary.mailbox.ReadOutcome.Found<>(view(MESSAGE)));
  }

  public static MessageView view(MessageId id) {
    return new MessageView(
        id,
        id,
        id.position(),
        Channel.EMAIL,
        Address.parse("email:carol@example.net"),
        List.of(Address.parse("email:alice@example.com")),
        "Subject",
        "Text",
        1_700_000_000_005L,
        true,
        List.of(new Part("a.png", "image/png", 99)),
        MessageView.Marks.NONE);
  }
}
