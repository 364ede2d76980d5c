package io.tributary.channels.smtp;

import io.tributary.codecs.message.Recipient;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** One mail transaction (RFC 5321 section 3.3), from MAIL to the answer to DATA. */
final class Transaction {
  private final String sender;
  private final OptionalLong announcedBytes;
  private final String trace;
  private final Map<String, Recipient> recipients = new LinkedHashMap<>();

  /**
   * @param sender empty for the null sender
   */
  Transaction(String sender, OptionalLong announcedBytes, String trace) {
    this.sender = sender;
    this.announcedBytes = announcedBytes;
    this.trace = trace;
  }

  String sender() {
    return sender;
  }

  long announcedBytes() {
    return announcedBytes.orElse(0);
  }

  String trace() {
    return trace;
  }

  /**
   * @param written as RCPT had it
   */
  void add(String written, Recipient recipient) {
    recipients.put(written, recipient);
  }

  boolean has(String written) {
    return recipients.containsKey(written);
  }

  /** As many as were accepted; several may be one user. */
  int recipientCount() {
    return recipients.size();
  }

  /** Each user once, by the first address that led there. */
  Collection<Recipient> mailboxes() {
    Map<Object, Recipient> byUser = new LinkedHashMap<>();
    recipients.values().forEach(recipient -> byUser.putIfAbsent(recipient.user(), recipient));
    return byUser.values();
  }
}
