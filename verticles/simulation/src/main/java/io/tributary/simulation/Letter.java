package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mail that someone sends.
 *
 * @param sender envelope sender
 * @param raw no two letters have the same
 * @param keyed whether it has what an idempotency key needs; without, each attempt counts as a mail
 */
record Letter(int number, String sender, List<SimulatedUser> recipients, Bytes raw, boolean keyed) {
  Letter {
    recipients = List.copyOf(recipients);
  }

  /** In each letter's subject, and in no other's. */
  String mark() {
    return "letter-" + number + ".";
  }

  /** As it goes over the wire: with the dots of RFC 5321 section 4.5.2 and the end of data. */
  String wire() {
    String text = new String(raw.unsafeArray(), StandardCharsets.ISO_8859_1);
    String stuffed = (text.startsWith(".") ? "." : "") + text.replace("\r\n.", "\r\n..");
    return stuffed + ".\r\n";
  }
}
