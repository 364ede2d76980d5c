package io.tributary.codecs.log;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Part;
import java.util.List;

/** The personal content of a delivered message. */
public record MessagePayload(
    Address from,
    String fromName,
    List<Address> to,
    String envelopeSender,
    String subject,
    String text,
    List<Part> parts,
    Bytes raw) {
  public MessagePayload {
    to = List.copyOf(to);
    parts = List.copyOf(parts);
  }
}
