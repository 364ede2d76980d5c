package io.tributary.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.mailbox.DeliverOutcome.Stored;
import io.tributary.storage.FrozenEntry;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadsTest {
  private static final int MEBIBYTE = 1024 * 1024;

  @Test
  void largestMailShouldFitInOneEntryWhateverStandsAroundIt() {
    Delivery largest = delivery("ß".repeat(Content.TEXT_BYTES_MAX / 2), "x".repeat(5_000));
    MessagePayload payload = Payloads.of(largest);

    assertThat(
            EntryCodec.HEADER_BYTES
                + EntryCodec.ACTION_BYTES_MAX
                + EntryCodec.payloadBytesMax(payload))
        .isLessThanOrEqualTo(FrozenEntry.BYTES_MAX);
    assertThat(payload.raw().length()).isEqualTo(MEBIBYTE);
    assertThat(payload.text()).isEqualTo(largest.content().text());
    assertThat(payload.to()).hasSizeBetween(50, 1_000);
    assertThat(payload.parts()).hasSizeBetween(50, 1_000);

    Bench bench = new Bench();
    bench.log.appendsAreHeld = false;
    bench.deliver(largest).assertValueAt(0, Stored.class::isInstance);
  }

  @Test
  void ordinaryListsShouldBeKeptWhole() {
    Delivery ordinary =
        Mails.mail("a").to("email:bob@example.com", "email:x@example.org").delivery();
    MessagePayload payload = Payloads.of(ordinary);

    assertThat(payload.to()).isEqualTo(ordinary.envelope().to());
    assertThat(payload.parts()).isEqualTo(ordinary.content().parts());
    assertThat(payload.fromName()).isEqualTo("Ann");
  }

  @Test
  void namesShouldNotBeCutInTheMiddleOfACharacter() {
    String name = "x".repeat(999) + "😀" + "tail";
    assertThat(Payloads.of(delivery("", name)).fromName()).isEqualTo("x".repeat(999));
  }

  private static Delivery delivery(String text, String name) {
    Address longest = Address.parse("email:" + "ß".repeat(Address.VALUE_CHARACTERS_MAX));
    Author author = new Author(longest, name, Standing.OUTSIDE);
    List<Address> to = Collections.nCopies(Envelope.TO_MAX, longest);
    List<Part> parts = Collections.nCopies(5_000, new Part("ß".repeat(255), "image/png", 1));
    String subject = "ß".repeat(Content.SUBJECT_CHARACTERS_MAX);
    Bytes raw = Bytes.ofOwned(new byte[MEBIBYTE]);
    return new Delivery(
        new Recipient(Mails.BOB, 1, Mails.BOBS),
        Optional.of(Bytes.ofOwned(new byte[Delivery.KEY_BYTES_MAX])),
        new Envelope(Channel.EMAIL, author, to, name, 1),
        new Content(subject, text, parts, raw, References.NONE));
  }
}
