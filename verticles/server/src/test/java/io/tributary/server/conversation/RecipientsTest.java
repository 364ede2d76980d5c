package io.tributary.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.channels.Conversations.Code;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.Command.Target;
import io.tributary.mailbox.ThreadPeople;
import io.tributary.server.conversation.Recipients.Found;
import io.tributary.server.router.PeopleLookup;
import io.tributary.server.testing.FakeDirectory;
import io.tributary.storage.StorageUnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecipientsTest {
  private final FakeDirectory directory = new FakeDirectory();
  private final UserAccount alice = directory.put(1, "alice", 1);
  private final UserAccount bob = directory.put(2, "bob", 4);
  private final UserAccount carol = directory.put(3, "carol", 1);
  private final Recipients testee =
      new Recipients(directory, new PeopleLookup(directory, List.of("example.com")));

  @Test
  void onePersonByTwoAddressesShouldGetItOnce() {
    assertThat(to("email:bob@example.com", "chat:bob", "chat:carol"))
        .isEqualTo(targets(user(bob), user(carol)));
  }

  @Test
  void theSenderShouldGetNoCopy() {
    assertThat(to("chat:alice", "chat:bob")).isEqualTo(targets(user(bob)));
    assertThat(to("chat:alice")).isEqualTo(targets());
  }

  @Test
  void addressesOfNobodyHereShouldLeave() {
    assertThat(to("email:zoe@example.net", "sms:+12025550199"))
        .isEqualTo(targets(outside("email:zoe@example.net"), outside("sms:+12025550199")));
  }

  @Test
  void anAddressThatCanOnlyBeOursShouldBeRefusedByName() {
    assertRefused("chat:nobody");
    assertRefused("email:nobody@example.com");
  }

  @Test
  void nobodyAndTooManyShouldBeRefused() {
    assertThat(code(testee.byAddresses(alice.id(), List.of()).blockingGet()))
        .isEqualTo(Code.INVALID);
    List<Address> many = Collections.nCopies(1_001, Address.parse("chat:bob"));
    assertThat(code(testee.byAddresses(alice.id(), many).blockingGet())).isEqualTo(Code.INVALID);
  }

  @Test
  void everyoneInAThreadShouldGetIt() {
    ThreadPeople people =
        new ThreadPeople(
            Set.of(bob.id(), alice.id(), new UserId(77)),
            List.of(Address.parse("email:zoe@example.net")));

    assertThat(testee.inThread(alice.id(), people).blockingGet())
        .isEqualTo(targets(user(bob), outside("email:zoe@example.net")));
  }

  @Test
  void aDirectoryThatIsAwayShouldBeSignalled() {
    directory.away(true);

    testee
        .byAddresses(alice.id(), List.of(Address.parse("chat:bob")))
        .test()
        .assertError(StorageUnavailableException.class);
  }

  private void assertRefused(String address) {
    Found found = to("chat:bob", address);
    assertThat(code(found)).isEqualTo(Code.UNKNOWN_RECIPIENT);
    assertThat(((Found.No) found).refusal().reason()).contains(address);
  }

  private static Code code(Found found) {
    return ((Found.No) found).refusal().code();
  }

  private Found to(String... addresses) {
    return testee
        .byAddresses(alice.id(), Stream.of(addresses).map(Address::parse).toList())
        .blockingGet();
  }

  private static Found targets(Target... targets) {
    return new Found.Targets(List.of(targets));
  }

  private static Target user(UserAccount account) {
    Address chat = Address.parse("chat:" + account.name());
    return new Target(chat, Optional.of(new Recipient(account.id(), account.generation(), chat)));
  }

  private static Target outside(String address) {
    return new Target(Address.parse(address), Optional.empty());
  }
}
