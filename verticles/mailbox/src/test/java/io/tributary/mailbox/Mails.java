package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Mails for Bob, made as a test likes them. Each wither gives a new one. */
record Mails(
    Address resolvedBy,
    Optional<String> key,
    Author from,
    List<Address> to,
    String text,
    References references,
    KnownPeople known) {
  static final UserId BOB = new UserId(0x1234);
  static final MailboxRef MAILBOX = new MailboxRef(BOB, 1);
  static final Address BOBS = Address.parse("email:bob@example.com");
  static final Address BOBS_OTHER = Address.parse("email:robert@example.com");

  /** From Ann to Bob. */
  static Mails mail(String key) {
    return new Mails(
        BOBS,
        Optional.of(key),
        new Author(Address.parse("email:ann@example.org"), "Ann", Standing.OUTSIDE),
        List.of(BOBS),
        "text of " + key,
        References.NONE,
        KnownPeople.NONE);
  }

  Mails resolvedBy(Address address) {
    return new Mails(address, key, from, to, text, references, known);
  }

  Mails keyless() {
    return new Mails(resolvedBy, Optional.empty(), from, to, text, references, known);
  }

  Mails from(String address) {
    return from(address, Standing.OUTSIDE);
  }

  Mails from(String address, Standing standing) {
    Author author = new Author(Address.parse(address), "", standing);
    return new Mails(resolvedBy, key, author, to, text, references, known);
  }

  Mails to(String... addresses) {
    List<Address> parsed = Stream.of(addresses).map(Address::parse).toList();
    return new Mails(resolvedBy, key, from, parsed, text, references, known);
  }

  Mails text(String words) {
    return new Mails(resolvedBy, key, from, to, words, references, known);
  }

  Mails id(String own, String... parents) {
    List<Bytes> hashes = Stream.of(parents).map(Bytes::ofUtf8).toList();
    References next = new References(Optional.of(Bytes.ofUtf8(own)), hashes);
    return new Mails(resolvedBy, key, from, to, text, next, known);
  }

  Mails known(String address, UserId user) {
    KnownPeople people = new KnownPeople(Map.of(Address.parse(address), user));
    return new Mails(resolvedBy, key, from, to, text, references, people);
  }

  Delivery delivery() {
    return delivery(BOB, 1_000);
  }

  Delivery delivery(UserId user, long receivedMillis) {
    return new Delivery(
        new Recipient(user, 1, resolvedBy),
        key.map(Bytes::ofUtf8),
        Optional.empty(),
        new Envelope(Channel.EMAIL, from, to, "sender@example.org", receivedMillis),
        new Content(
            "subject of " + key.orElse("none"),
            text,
            List.of(),
            Bytes.ofUtf8("raw of " + key.orElse("none") + " " + text),
            references),
        known);
  }
}
