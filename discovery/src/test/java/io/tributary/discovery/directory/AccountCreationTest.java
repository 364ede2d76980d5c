package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.discovery.directory.Creation.AddressTaken;
import io.tributary.discovery.directory.Creation.Created;
import io.tributary.discovery.directory.Creation.RequestIdReused;
import io.tributary.discovery.directory.Creation.TryAgain;
import io.tributary.discovery.directory.SteppedStorage.Call;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The protocol of account creation, under every order of its steps and with faults between them.
 */
final class AccountCreationTest {
  private static final Address BOB = Address.parse("chat:bob");
  private static final Address BOBBY = Address.parse("chat:bobby");
  private static final Address MAIL = Address.parse("email:bob@example.com");
  private static final Address OTHER_MAIL = Address.parse("email:bobby@example.com");
  private static final Address PHONE = Address.parse("sms:+12025550102");
  private static final Optional<String> NO_REQUEST = Optional.empty();
  private static final Optional<String> REQUEST = Optional.of("request-1");

  private static final NewUser MAIL_THEN_PHONE = new NewUser(BOB, List.of(MAIL, PHONE));
  private static final NewUser PHONE_THEN_MAIL = new NewUser(BOBBY, List.of(PHONE, MAIL));
  private static final NewUser SHARES_PHONE = new NewUser(BOBBY, List.of(OTHER_MAIL, PHONE));

  @Test
  void aCreationAloneShouldOwnItsAddresses() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    Creation outcome = world.createNow("a", MAIL_THEN_PHONE, NO_REQUEST);
    UserAccount account = ((Created) outcome).account();
    assertThat(account.name()).isEqualTo("bob");
    assertThat(account.addresses()).containsExactly(BOB, MAIL, PHONE);
    assertThat(account.generation()).isEqualTo(1);
    assertThat(account.cell()).isEqualTo("c1");
    assertThat(((Created) outcome).repeated()).isFalse();
  }

  @Test
  void aTakenAddressShouldBeNamedAndNothingElseTaken() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.createNow("a", new NewUser(BOB, List.of(PHONE)), NO_REQUEST);
    assertThat(world.createNow("b", SHARES_PHONE, NO_REQUEST)).isEqualTo(new AddressTaken(PHONE));
    assertThat(world.createNow("c", new NewUser(BOBBY, List.of(OTHER_MAIL)), NO_REQUEST))
        .isInstanceOf(Created.class);
  }

  @Test
  void ofTwoCreationsAtOnceExactlyOneShouldWinInEveryInterleaving() {
    int paths = 0;
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      CreationWorld world = new CreationWorld(choices, 0);
      world.start("a", MAIL_THEN_PHONE, NO_REQUEST);
      world.start("b", PHONE_THEN_MAIL, NO_REQUEST);
      world.run();
      assertThat(world.outcomes.values())
          .as(world::trace)
          .hasAtLeastOneElementOfType(Created.class);
      assertThat(world.outcomes.values())
          .as(world::trace)
          .hasAtLeastOneElementOfType(AddressTaken.class);
      paths++;
    } while (choices.advance());
    assertThat(paths).isGreaterThan(500);
  }

  @Test
  void twoWhoShareOnlyOneAddressShouldNotHurtEachOther() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      CreationWorld world = new CreationWorld(choices, 0);
      world.start("a", new NewUser(BOB, List.of(PHONE)), NO_REQUEST);
      world.start("b", new NewUser(BOBBY, List.of(PHONE)), NO_REQUEST);
      world.run();
      assertThat(world.active()).as(world::trace).hasSize(1);
      for (Address address : List.of(BOB, BOBBY)) {
        String loser = "loser " + address.value();
        boolean free = world.ownerOf(address).isEmpty();
        Creation again = world.createNow(loser, new NewUser(address, List.of()), NO_REQUEST);
        assertThat(again instanceof Created).as(world::trace).isEqualTo(free);
      }
    } while (choices.advance());
  }

  @Test
  void aCreationShouldSurviveAnyTwoFaultsOfItsOwn() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      CreationWorld world = new CreationWorld(choices, 2);
      world.start("a", new NewUser(BOB, List.of(MAIL)), NO_REQUEST);
      world.run();
      checkTruthOfOutcomes(world);
      world.calm();
      checkNothingIsStuck(world, new TreeSet<>(Set.of(BOB, MAIL)));
    } while (choices.advance());
  }

  @Test
  void rivalsShouldSurviveFaultsInAnyOrder() {
    for (long seed = 0; seed < 2_000; seed++) {
      Choices choices = Choices.seeded(seed);
      CreationWorld world = new CreationWorld(choices, 1 + choices.next(5));
      world.start("a", MAIL_THEN_PHONE, NO_REQUEST);
      world.start("b", PHONE_THEN_MAIL, NO_REQUEST);
      world.start("c", SHARES_PHONE, NO_REQUEST);
      world.run();
      checkTruthOfOutcomes(world);
      world.calm();
      checkNothingIsStuck(world, new TreeSet<>(Set.of(BOB, BOBBY, MAIL, OTHER_MAIL, PHONE)));
    }
  }

  @Test
  void rivalsWithClocksThatJumpShouldNeverShareAnAddress() {
    for (long seed = 0; seed < 1_000; seed++) {
      Choices choices = Choices.seeded(seed);
      CreationWorld world = new CreationWorld(choices, 4).withTimeJumps();
      world.start("a", MAIL_THEN_PHONE, NO_REQUEST);
      world.start("b", PHONE_THEN_MAIL, REQUEST);
      world.start("c", PHONE_THEN_MAIL, REQUEST);
      world.run();
      checkTruthOfOutcomes(world);
      world.calm();
      checkNothingIsStuck(world, new TreeSet<>(Set.of(BOB, BOBBY, MAIL, PHONE)));
    }
  }

  @Test
  void oneRequestSentTwiceAtOnceShouldMakeOneAccountInEveryInterleaving() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      CreationWorld world = new CreationWorld(choices, 0);
      NewUser user = new NewUser(BOB, List.of());
      world.start("a", user, REQUEST);
      world.start("b", user, REQUEST);
      world.run();
      assertThat(world.active()).as(world::trace).hasSize(1);
      assertThat(world.outcomes.values()).as(world::trace).hasOnlyElementsOfType(Created.class);
      assertThat(
              world.outcomes.values().stream().map(made -> ((Created) made).account()).distinct())
          .hasSize(1);
    } while (choices.advance());
  }

  @Test
  void aRequestThatDiedAnywhereShouldBeFinishedByItsRepetition() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      CreationWorld world = new CreationWorld(choices, 2);
      NewUser user = new NewUser(BOB, List.of(MAIL));
      world.start("a", user, REQUEST);
      world.run();
      world.stopFaults();
      Creation again = world.createNow("again", user, REQUEST);
      assertThat(again).as(world::trace).isInstanceOf(Created.class);
      world.calm();
      assertThat(world.active()).as(world::trace).hasSize(1);
      assertThat(((Created) world.createNow("later", user, REQUEST)).account())
          .isEqualTo(((Created) again).account());
    } while (choices.advance());
  }

  @Test
  void aRepetitionShouldSayThatItIsOne() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    Creation first = world.createNow("a", MAIL_THEN_PHONE, REQUEST);
    NewUser otherOrder = new NewUser(BOB, List.of(PHONE, MAIL));
    assertThat(world.createNow("b", otherOrder, REQUEST))
        .isEqualTo(new Created(((Created) first).account(), true));
  }

  @Test
  void aRequestIdWithOtherContentShouldBeRefused() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.createNow("a", new NewUser(BOB, List.of(MAIL)), REQUEST);
    assertThat(world.createNow("b", new NewUser(BOBBY, List.of()), REQUEST))
        .isEqualTo(new RequestIdReused());
    assertThat(world.ownerOf(BOBBY)).isEmpty();
  }

  @Test
  void aRefusedRequestShouldBeJudgedAnew() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.createNow("a", new NewUser(BOB, List.of(PHONE)), NO_REQUEST);
    assertThat(world.createNow("b", SHARES_PHONE, REQUEST)).isEqualTo(new AddressTaken(PHONE));
    assertThat(world.createNow("c", SHARES_PHONE, REQUEST)).isEqualTo(new AddressTaken(PHONE));
    world.release(PHONE, 30);
    assertThat(world.createNow("d", SHARES_PHONE, REQUEST)).isInstanceOf(Created.class);
  }

  @Test
  void aReleasedAddressShouldBeTakenFor30Days() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    NewUser wanted = new NewUser(BOBBY, List.of(PHONE));
    world.createNow("a", new NewUser(BOB, List.of(PHONE)), NO_REQUEST);
    world.release(PHONE, 29);
    assertThat(world.createNow("b", wanted, NO_REQUEST)).isEqualTo(new AddressTaken(PHONE));
    world.passDays(1);
    assertThat(world.createNow("c", wanted, NO_REQUEST)).isInstanceOf(Created.class);
  }

  @Test
  void aYoungCreationOfAnotherShouldBeWaitedForAndNotAborted() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.abandonAfter("dead", new NewUser(BOB, List.of(PHONE)), 4);
    assertThat(world.createNow("b", new NewUser(BOBBY, List.of(PHONE)), NO_REQUEST))
        .isInstanceOf(TryAgain.class);
    world.calm();
    assertThat(world.createNow("c", new NewUser(BOBBY, List.of(PHONE)), NO_REQUEST))
        .isInstanceOf(Created.class);
  }

  @Test
  void aCreatorWhoWasThoughtDeadShouldNotSayThatItSucceeded() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.start("slow", new NewUser(BOB, List.of(PHONE)), NO_REQUEST);
    Call<?> activation = world.goOnUntil("slow", "replace account");
    world.calm();
    world.start("b", new NewUser(BOBBY, List.of(PHONE)), NO_REQUEST);
    Call<?> opening = world.goOnUntil("b", "append");
    world.storage.waiting.addAll(List.of(activation, opening));
    world.storage.let(activation, Fate.ANSWERED);
    world.run();
    assertThat(world.outcomes.get("b")).isInstanceOf(Created.class);
    assertThat(world.outcomes.get("slow")).isInstanceOf(TryAgain.class);
  }

  @Test
  void aSweepShouldFreeWhatTheDeadHoldAndLeaveTheLivingAlone() {
    CreationWorld world = new CreationWorld(Choices.seeded(1), 0);
    world.abandonAfter("dead", new NewUser(BOB, List.of(PHONE)), 4);
    world.sweepNow();
    assertThat(world.stateOfClaim(PHONE)).isEqualTo("CLAIMED");
    world.calm();
    world.createNow("b", new NewUser(BOBBY, List.of(MAIL)), NO_REQUEST);
    world.sweepNow();
    assertThat(world.stateOfClaim(PHONE)).isEqualTo("FREE");
    assertThat(world.stateOfClaim(MAIL)).isEqualTo("CLAIMED");
    assertThat(world.ownerOf(MAIL)).isPresent();
  }

  private static void checkTruthOfOutcomes(CreationWorld world) {
    world.outcomes.forEach(
        (process, outcome) -> {
          if (outcome instanceof Created created) {
            assertThat(world.active())
                .as(world::trace)
                .anyMatch(listed -> listed.user().equals(created.account().id()));
          } else if (outcome instanceof AddressTaken taken) {
            assertThat(world.ownerOf(taken.address())).as(world::trace).isPresent();
          }
        });
  }

  /** Whatever nobody owns can be had again. */
  private static void checkNothingIsStuck(CreationWorld world, Set<Address> addresses) {
    int heirs = 0;
    for (Address address : addresses) {
      if (world.ownerOf(address).isEmpty()) {
        String heir = "heir-" + heirs++;
        boolean isName = address.toString().startsWith("chat:");
        Address name = isName ? address : Address.parse("chat:" + heir);
        Creation creation = world.createNow(heir, new NewUser(name, List.of(address)), NO_REQUEST);
        assertThat(creation).as(world::trace).isInstanceOf(Created.class);
      }
    }
  }
}
