package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.LookupOutcome;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.CommandOutcome;
import io.tributary.mailbox.MailboxLinks.Carried;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.cell.CellService;
import io.tributary.server.cell.CellStates;
import io.tributary.server.cell.Interest;
import io.tributary.server.cell.Mailboxes;
import io.tributary.server.cell.OwnAddress;
import io.tributary.server.cell.RingRefresh;
import io.tributary.server.cell.Routes;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.OwnMailboxes;
import io.tributary.server.outbox.CopyCourier;
import io.tributary.server.router.Credits;
import io.tributary.server.router.MailboxCommands;
import io.tributary.server.router.MailboxReads;
import io.tributary.server.router.PeopleLookup;
import io.tributary.server.router.Router;
import io.tributary.server.sms.MailboxStatuses;
import java.util.List;
import java.util.Optional;

/** The server's own way: its router, its questions between nodes, over a simulated wire. */
final class RingWay implements MailboxWay {
  private static final CellService.Local NOTHING_ELSE =
      new CellService.Local(Optional.empty(), CellStates.WELL, news -> {});
  private static final Credits.Allowance CREDITS = new Credits.Allowance(64, 1_000);

  private final World world;
  private final int number;
  private final Life life;
  private final Routes routes;
  private final RingRefresh ring;
  private final Interest interest;
  private final Lanes lanes;
  private final SimulatedDirectory directory;

  RingWay(World world, int number, Life life, CellMember member) {
    this.world = world;
    this.number = number;
    this.life = life;
    this.routes =
        new Routes(
            member.locator(),
            CellStates.WELL,
            new Routes.Self(World.CELL, new Routes.NodeName(CellMember.name(number))));
    this.ring = member.refresh();
    this.interest = new Interest(life.clock());
    this.lanes = new Lanes(world, life);
    this.directory = new SimulatedDirectory(world);
  }

  /** All that leads to mailboxes, once those of this node are there. */
  record Parts(
      OwnMailboxes own,
      Mailboxes mailboxes,
      Router router,
      MailboxCommands commands,
      MailboxReads reads) {}

  private Optional<Parts> parts = Optional.empty();

  /** Once, before anything is asked. */
  void open(OwnMailboxes own) {
    Mailboxes mailboxes =
        new Mailboxes(
            routes, own, new SimulatedWire(world, number, life, 0), ring, new OwnAddress());
    Credits credits = new Credits(CREDITS);
    PeopleLookup people = new PeopleLookup(directory, List.of(SimulatedUser.DOMAIN));
    this.parts =
        Optional.of(
            new Parts(
                own,
                mailboxes,
                new Router(directory, mailboxes, credits, people),
                new MailboxCommands(directory, mailboxes, credits),
                new MailboxReads(directory, mailboxes)));
  }

  private Parts parts() {
    return parts.orElseThrow();
  }

  Mailboxes mailboxes() {
    return parts().mailboxes();
  }

  SimulatedDirectory directory() {
    return directory;
  }

  /**
   * What this node answers another.
   *
   * @param hops that the question has behind it
   */
  Single<AskResponse> answer(AskRequest question, int hops) {
    SimulatedWire onward = new SimulatedWire(world, number, life, hops);
    return new CellService(routes, parts().own(), onward, ring, interest, NOTHING_ELSE)
        .answer(question);
  }

  @Override
  public Single<LookupOutcome> lookup(Address address) {
    return parts().router().lookup(address);
  }

  @Override
  public Single<IntakeOutcome> accept(Delivery delivery) {
    return parts().router().accept(delivery);
  }

  @Override
  public Single<Outcome> note(Recipient sender, SmsStatus status) {
    return new MailboxStatuses(directory, parts().commands()).note(sender, status);
  }

  @Override
  public Single<CommandOutcome> execute(SimulatedUser user, Command command) {
    return parts()
        .commands()
        .execute(SimulatedDirectory.account(user), command)
        .onErrorReturn(failure -> new CommandOutcome.Retry("the directory is away"));
  }

  @Override
  public <T> Single<ReadOutcome<T>> read(
      SimulatedUser user, MailboxRequest<ReadOutcome<T>> request) {
    return parts()
        .reads()
        .read(SimulatedDirectory.account(user), mailbox -> request)
        .onErrorReturn(failure -> new ReadOutcome.Retry<>("the directory is away"));
  }

  @Override
  public Single<Carried> carry(Delivery copy) {
    return lanes.alone(copy, new CopyCourier(directory, parts().router(), life).carry(copy));
  }
}
