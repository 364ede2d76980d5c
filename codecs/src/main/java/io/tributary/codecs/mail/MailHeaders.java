package io.tributary.codecs.mail;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.References;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.Field;

/**
 * What a mail's own header fields say (RFC 5322 section 3.6). Of repeated ones the first counts.
 */
final class MailHeaders {
  private static final int NAME_CHARACTERS_MAX = 200;

  /** Longer ones are cut before decoding, which takes time quadratic in a hostile value. */
  private static final int DECODED_CHARACTERS_MAX = 8 * 1024;

  private static final int RECIPIENT_CHARACTERS_MAX = 256 * 1024;

  private Optional<AddressHeader.Named> from = Optional.empty();
  private final Set<Address> to = new LinkedHashSet<>();
  private final Set<Address> cc = new LinkedHashSet<>();
  private int recipientCharacters;
  private Optional<String> subject = Optional.empty();
  private Optional<String> messageId = Optional.empty();
  private Optional<String> inReplyTo = Optional.empty();
  private Optional<String> references = Optional.empty();
  private boolean hasDate;

  void add(Field field) {
    String body = field.getBody();
    if (body == null) {
      return;
    }
    switch (field.getNameLowerCase()) {
      case "from" -> from = from.or(() -> AddressHeader.first(cut(body)));
      case "to" -> addRecipients(to, body);
      case "cc" -> addRecipients(cc, body);
      case "subject" -> subject = subject.or(() -> Optional.of(cut(body)));
      case "message-id" -> messageId = messageId.or(() -> Optional.of(body));
      case "in-reply-to" -> inReplyTo = inReplyTo.or(() -> Optional.of(body));
      case "references" -> references = references.or(() -> Optional.of(body));
      case "date" -> hasDate = true;
      default -> {}
    }
  }

  Optional<Address> fromAddress() {
    return from.map(AddressHeader.Named::address);
  }

  String fromName() {
    return from.map(named -> PlainText.line(named.name(), NAME_CHARACTERS_MAX)).orElse("");
  }

  List<Address> to() {
    Set<Address> all = new LinkedHashSet<>(to);
    all.addAll(cc);
    return all.stream().limit(Envelope.TO_MAX).toList();
  }

  String subject() {
    return PlainText.line(
        subject
            .map(written -> DecoderUtil.decodeEncodedWords(written, DecodeMonitor.SILENT))
            .orElse(""),
        Content.SUBJECT_CHARACTERS_MAX);
  }

  References references() {
    List<String> parents = new ArrayList<>();
    inReplyTo.ifPresent(written -> parents.addAll(MessageIds.in(written)));
    references.ifPresent(written -> parents.addAll(MessageIds.lastFirst(written)));
    return new References(
        messageId.flatMap(MessageIds::own).map(MessageIds::hash),
        parents.stream().distinct().limit(References.PARENTS_MAX).map(MessageIds::hash).toList());
  }

  boolean hasIdentity() {
    return messageId.isPresent() || hasDate;
  }

  private void addRecipients(Set<Address> recipients, String body) {
    int room = RECIPIENT_CHARACTERS_MAX - recipientCharacters;
    if (room > 0 && recipients.size() < Envelope.TO_MAX) {
      String some = body.substring(0, Math.min(body.length(), room));
      recipientCharacters += some.length();
      recipients.addAll(AddressHeader.all(some));
    }
  }

  private static String cut(String body) {
    return body.substring(0, Math.min(body.length(), DECODED_CHARACTERS_MAX));
  }
}
