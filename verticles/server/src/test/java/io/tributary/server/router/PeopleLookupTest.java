package io.tributary.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.storage.StorageUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeopleLookupTest {
  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final UserAccount bob = directory.put(2, "bob", 1);
  private final UserAccount carol = directory.put(3, "carol", 1);
  private final PeopleLookup testee = new PeopleLookup(directory, List.of("Example.com"));

  @Test
  void aProvedAuthorShouldBeKnownByTheirUser() {
    assertThat(known(Standing.VERIFIED, "email:bob@example.com", "email:alice@example.com"))
        .isEqualTo(Map.of(address("email:bob@example.com"), bob.id()));
  }

  @Test
  void anAuthorWhoOnlyClaimsShouldBeNobody() {
    assertThat(known(Standing.CLAIMS_LOCAL, "email:bob@example.com", "email:alice@example.com"))
        .isEmpty();
    assertThat(known(Standing.OUTSIDE, "email:bob@example.com", "email:alice@example.com"))
        .isEmpty();
  }

  @Test
  void otherRecipientsShouldBeKnownByTheirUsers() {
    assertThat(
            known(
                Standing.OUTSIDE,
                "email:zoe@example.net",
                "email:alice@example.com",
                "email:carol@example.com",
                "email:nobody@example.com",
                "email:bob@example.net"))
        .isEqualTo(Map.of(address("email:carol@example.com"), carol.id()));
  }

  @Test
  void aCopyShouldKeepWhatItsSenderKnew() {
    directory.away(true);
    KnownPeople known = new KnownPeople(Map.of(address("chat:bob"), bob.id()));
    Delivery copy =
        new Delivery(
            recipient(),
            Optional.empty(),
            Optional.of(new Origin(bob.id(), Position.of(3, 0))),
            envelope(Standing.VERIFIED, "chat:bob", "chat:alice"),
            Content.ofText("", "hi"),
            known);

    assertThat(testee.enrich(copy).blockingGet()).isSameAs(copy);
  }

  @Test
  void aDirectoryThatIsAwayShouldBeSignalled() {
    directory.away(true);

    testee
        .enrich(delivery(Standing.VERIFIED, "email:bob@example.com", "email:alice@example.com"))
        .test()
        .assertError(StorageUnavailableException.class);
  }

  @Test
  void anAuthorOfAnSmsShouldBeOutsideWhileTheDirectoryIsAway() {
    directory.away(true);

    assertThat(known(Standing.VERIFIED, "sms:+12025550102", "sms:+12025550101")).isEmpty();
  }

  @Test
  void aMailToThousandsShouldCostBoundedLookups() {
    String[] to = new String[1_000];
    for (int i = 0; i < to.length; i++) {
      to[i] = "email:x" + i + "@example.com";
    }
    to[999] = "email:carol@example.com";

    assertThat(known(Standing.OUTSIDE, "email:zoe@example.net", to)).isEmpty();
  }

  private Map<Address, ?> known(Standing standing, String from, String... to) {
    return testee.enrich(delivery(standing, from, to)).blockingGet().known().users();
  }

  private Delivery delivery(Standing standing, String from, String... to) {
    return new Delivery(
        recipient(), Optional.empty(), envelope(standing, from, to), Content.ofText("s", "t"));
  }

  private Recipient recipient() {
    return new Recipient(alice.id(), 1, address("email:alice@example.com"));
  }

  private static Envelope envelope(Standing standing, String from, String... to) {
    List<Address> recipients = List.of(to).stream().map(PeopleLookupTest::address).toList();
    return new Envelope(Channel.EMAIL, new Author(address(from), "", standing), recipients, "", 1);
  }

  private static Address address(String written) {
    return Address.parse(written);
  }
}
