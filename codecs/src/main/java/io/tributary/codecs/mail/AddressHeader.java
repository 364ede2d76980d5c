package io.tributary.codecs.mail;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;

/** The addresses of From, To and Cc (RFC 5322 section 3.4), groups expanded. */
final class AddressHeader {
  private AddressHeader() {}

  /**
   * A mailbox and its display name.
   *
   * @param name decoded, may be empty
   */
  record Named(Address address, String name) {}

  /**
   * The first that is an address.
   *
   * @param body short: names in it are decoded
   */
  static Optional<Named> first(String body) {
    return mailboxes(body).flatMap(AddressHeader::named).findFirst();
  }

  /** All that are addresses. Names are not wanted, so nothing in them is decoded. */
  static List<Address> all(String body) {
    return mailboxes(body.replace("=?", "=="))
        .flatMap(AddressHeader::named)
        .map(Named::address)
        .toList();
  }

  private static Stream<Mailbox> mailboxes(String body) {
    // the parser's own entry for text mistakes characters for bytes and loses the end
    ByteSequence bytes = ContentUtil.encode(StandardCharsets.UTF_8, body);
    ParserCursor cursor = new ParserCursor(0, bytes.length());
    return LenientAddressParser.DEFAULT.parseAddressList(bytes, cursor).flatten().stream();
  }

  private static Stream<Named> named(Mailbox mailbox) {
    String domain = mailbox.getDomain();
    if (domain == null || mailbox.getLocalPart().isEmpty()) {
      return Stream.empty();
    }
    try {
      Address address = AddressCanonicalizer.email(quoted(mailbox.getLocalPart()) + "@" + domain);
      return Stream.of(new Named(address, mailbox.getName() == null ? "" : mailbox.getName()));
    } catch (InvalidAddressException none) {
      return Stream.empty();
    }
  }

  /** The parser has taken quotes away; the canonicalizer takes needless ones away. */
  private static String quoted(String localPart) {
    return "\"" + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
