package io.tributary.discovery.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.AddressChange.Changed;
import io.tributary.discovery.directory.AddressChange.NoSuchUser;
import io.tributary.discovery.directory.AddressChange.NotTheirs;
import io.tributary.discovery.directory.AddressChange.Refused;
import io.tributary.discovery.directory.AddressChange.Taken;
import io.tributary.discovery.directory.AddressChange.TryAgain;
import io.tributary.discovery.directory.SteppedStorage.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses given and taken, under every order of the steps and with deaths between them. */
final class AddressChangesTest {
  private static final UserId ANN = new UserId(1);
  private static final UserId BOB = new UserId(2);
  private static final Address MAIL = Address.parse("email:shared@example.com");
  private static final Address PHONE = Address.parse("sms:+12025550102");
  private static final int STEPS_OF_A_CHANGE_MAX = 8;

  @Test
  void anAddedAddressShouldCountAndItsMailboxKnowIt() {
    AddressWorld world = new AddressWorld(Choices.seeded(1));
    assertThat(world.addNow(ANN, MAIL)).isInstanceOf(Changed.class);
    assertThat(world.listed(ANN)).contains(MAIL);
    assertThat(world.knownToMailbox(ANN)).contains(MAIL);
    assertThat(world.addNow(ANN, MAIL)).isInstanceOf(Changed.class);
    assertThat(world.addNow(BOB, MAIL)).isEqualTo(new Taken());
  }

  @Test
  void aRemovedAddressShouldBeNobodysForThirtyDays() {
    AddressWorld world = new AddressWorld(Choices.seeded(1));
    world.addNow(ANN, MAIL);
    assertThat(world.removeNow(ANN, MAIL)).isInstanceOf(Changed.class);
    assertThat(world.listed(ANN)).doesNotContain(MAIL);
    assertThat(world.knownToMailbox(ANN)).doesNotContain(MAIL);
    assertThat(world.removeNow(ANN, MAIL)).isInstanceOf(Changed.class);
    world.passDays(29);
    assertThat(world.addNow(BOB, MAIL)).isEqualTo(new Taken());
    world.passDays(1);
    assertThat(world.addNow(BOB, MAIL)).isInstanceOf(Changed.class);
    assertThat(world.addNow(ANN, MAIL)).isEqualTo(new Taken());
  }

  @Test
  void whoHadAnAddressLastShouldGetItBackAtOnce() {
    AddressWorld world = new AddressWorld(Choices.seeded(1));
    world.addNow(ANN, MAIL);
    world.removeNow(ANN, MAIL);
    assertThat(world.addNow(ANN, MAIL)).isInstanceOf(Changed.class);
    assertThat(world.listed(ANN)).contains(MAIL);
  }

  @Test
  void whatBreaksARuleShouldChangeNothing() {
    AddressWorld world = new AddressWorld(Choices.seeded(1));
    Address chat = Address.parse("chat:ann");
    assertThat(world.removeNow(ANN, chat)).isInstanceOf(Refused.class);
    assertThat(world.addNow(ANN, Address.parse("chat:annie"))).isInstanceOf(Refused.class);
    assertThat(world.removeNow(ANN, MAIL)).isEqualTo(new NotTheirs());
    assertThat(world.addNow(new UserId(99), MAIL)).isEqualTo(new NoSuchUser());
    assertThat(world.listed(ANN)).containsExactly(chat);
  }

  @Test
  void aUserShouldHaveFiftyAddressesAtMost() {
    AddressWorld world = new AddressWorld(Choices.seeded(1));
    for (int i = 1; i < AddressChanges.ADDRESSES_MAX; i++) {
      assertThat(world.addNow(ANN, Address.parse("email:a" + i + "@example.com")))
          .isInstanceOf(Changed.class);
    }
    assertThat(world.addNow(ANN, MAIL)).isInstanceOf(Refused.class);
    assertThat(world.addNow(BOB, MAIL)).isInstanceOf(Changed.class);
  }

  @Test
  void anAdditionThatDiesAnywhereShouldBeFinishedByARepetition() {
    for (Fate fate : Fate.values()) {
      for (int steps = 0; steps < STEPS_OF_A_CHANGE_MAX; steps++) {
        AddressWorld world = new AddressWorld(Choices.seeded(1));
        world.add("dies", ANN, MAIL);
        world.dieAfter("dies", steps, fate);
        assertThat(world.addNow(ANN, MAIL)).isInstanceOf(Changed.class);
        world.landAll();
        assertThat(world.listed(ANN)).contains(MAIL);
        assertThat(world.addNow(BOB, MAIL)).isEqualTo(new Taken());
      }
    }
  }

  @Test
  void anAdditionThatDiesAnywhereShouldBeTakenBackByARemoval() {
    for (int steps = 0; steps < STEPS_OF_A_CHANGE_MAX; steps++) {
      AddressWorld world = new AddressWorld(Choices.seeded(1));
      world.add("dies", ANN, MAIL);
      world.dieAfter("dies", steps, Fate.APPLIED_BUT_FAILED);
      world.removeNow(ANN, MAIL);
      assertThat(world.listed(ANN)).doesNotContain(MAIL);
      world.passDays(30);
      assertThat(world.addNow(BOB, MAIL)).isInstanceOf(Changed.class);
    }
  }

  @Test
  void aRemovalThatDiesAnywhereShouldBeFinishedByARepetition() {
    for (Fate fate : Fate.values()) {
      for (int steps = 0; steps < STEPS_OF_A_CHANGE_MAX; steps++) {
        AddressWorld world = new AddressWorld(Choices.seeded(1));
        world.addNow(ANN, MAIL);
        world.remove("dies", ANN, MAIL);
        world.dieAfter("dies", steps, fate);
        assertThat(world.removeNow(ANN, MAIL)).isInstanceOf(Changed.class);
        world.landAll();
        assertThat(world.listed(ANN)).doesNotContain(MAIL);
        assertThat(world.knownToMailbox(ANN)).doesNotContain(MAIL);
        assertThat(world.addNow(BOB, MAIL)).isEqualTo(new Taken());
        world.passDays(30);
        assertThat(world.addNow(BOB, MAIL)).isInstanceOf(Changed.class);
      }
    }
  }

  @Test
  void ofTwoWhoWantOneAddressExactlyOneShouldGetItInEveryInterleaving() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      AddressWorld world = new AddressWorld(choices);
      world.add("a", ANN, MAIL);
      world.add("b", BOB, MAIL);
      world.run();
      assertThat(world.outcomes.values()).as(world::trace).contains(new Taken());
      assertThat(world.outcomes.values())
          .as(world::trace)
          .hasAtLeastOneElementOfType(Changed.class);
    } while (choices.advance());
  }

  @Test
  void twoAdditionsToOneAccountShouldBothCountInEveryInterleaving() {
    Choices.EveryPath choices = new Choices.EveryPath();
    do {
      AddressWorld world = new AddressWorld(choices);
      world.add("a", ANN, MAIL);
      world.add("b", ANN, PHONE);
      world.run();
      assertThat(world.listed(ANN)).as(world::trace).contains(MAIL, PHONE);
      world.refuseInVain(ANN, MAIL);
      assertThat(world.knownToMailbox(ANN)).as(world::trace).contains(MAIL, PHONE);
    } while (choices.advance());
  }

  @Test
  void aRemovalBesideAnAdditionShouldNeverLeaveAnAddressThatIsListedAndFree() {
    for (boolean listedBefore : List.of(true, false)) {
      Choices.EveryPath choices = new Choices.EveryPath();
      do {
        AddressWorld world = new AddressWorld(choices);
        if (listedBefore) {
          world.give(ANN, MAIL);
        }
        world.add("a", ANN, MAIL);
        world.remove("b", ANN, MAIL);
        world.run(); // checks after every step
        if (world.listed(ANN).contains(MAIL)) {
          world.refuseInVain(ANN, MAIL);
          assertThat(world.knownToMailbox(ANN)).as(world::trace).contains(MAIL);
        }
      } while (choices.advance());
    }
  }

  @Test
  void nothingShouldBreakWhenCallsAreLostLateOrAnsweredTwice() {
    for (long seed = 0; seed < 3_000; seed++) {
      AddressWorld world = new AddressWorld(Choices.seeded(seed)).withFaults(4);
      world.add("a", ANN, MAIL);
      world.add("b", BOB, MAIL);
      world.remove("c", ANN, MAIL);
      world.add("d", ANN, PHONE);
      world.run();
      world.landAll();
      assertThat(world.addNow(ANN, PHONE)).as(world::trace).isInstanceOf(Changed.class);
      AddressChange again = world.addNow(ANN, MAIL);
      assertThat(again).as(world::trace).isNotInstanceOf(TryAgain.class);
      assertThat(world.listed(ANN).contains(MAIL))
          .as(world::trace)
          .isEqualTo(again instanceof Changed);
    }
  }
}
