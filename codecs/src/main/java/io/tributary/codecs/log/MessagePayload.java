package io.tributary.codecs.log;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Part;
import java.util.List;
import java.util.Optional;

/** The personal content of a message. */
public record MessagePayload(
    Heading heading, String subject, String text, List<Part> parts, Bytes raw, Extras extras) {
  public MessagePayload {
    parts = List.copyOf(parts);
  }

  public MessagePayload(Heading heading, String subject, String text, List<Part> parts, Bytes raw) {
    this(heading, subject, text, parts, raw, Extras.NONE);
  }

  public Address from() {
    return heading.from();
  }

  public String fromName() {
    return heading.fromName();
  }

  public List<Address> to() {
    return heading.to();
  }

  /** The same without its raw form. */
  public MessagePayload withoutRaw() {
    return raw.isEmpty()
        ? this
        : new MessagePayload(heading, subject, text, parts, Bytes.EMPTY, extras);
  }

  /** Who wrote to whom. */
  public record Heading(Address from, String fromName, List<Address> to, String envelopeSender) {
    public Heading {
      to = List.copyOf(to);
    }
  }

  /**
   * What few messages have.
   *
   * @param client of a sent message: which device sent it, under which id
   * @param smsSegments as which an SMS was billed; 0 if it is none
   */
  public record Extras(Optional<ClientId> client, int smsSegments) {
    public static final Extras NONE = new Extras(Optional.empty(), 0);
  }
}
