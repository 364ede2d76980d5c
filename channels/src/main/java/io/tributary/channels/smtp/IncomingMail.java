package io.tributary.channels.smtp;

import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.smtp.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The octets of one mail while they come in. Once a limit is passed it keeps nothing, and the rest
 * is only passed over.
 */
final class IncomingMail {
  private final SmtpGate gate;
  private final int bytesMax;
  private List<Bytes> chunks = new ArrayList<>();
  private int bytes;
  private Optional<SmtpReply> refusal = Optional.empty();

  IncomingMail(SmtpGate gate, int bytesMax) {
    this.gate = gate;
    this.bytesMax = bytesMax;
  }

  void add(Bytes chunk) {
    if (refusal.isPresent()) {
      return;
    }
    if (chunk.length() > bytesMax - bytes) {
      refuse(SmtpReplies.tooBig(bytesMax));
    } else if (gate.reserve(chunk.length())) {
      chunks.add(chunk);
      bytes += chunk.length();
    } else {
      refuse(SmtpReplies.NO_ROOM);
    }
  }

  /** Why it can't be taken, if so. */
  Optional<SmtpReply> refusal() {
    return refusal;
  }

  Bytes whole() {
    byte[] whole = new byte[bytes];
    int at = 0;
    for (Bytes chunk : chunks) {
      System.arraycopy(chunk.unsafeArray(), 0, whole, at, chunk.length());
      at += chunk.length();
    }
    chunks = List.of();
    return Bytes.ofOwned(whole);
  }

  /** Gives the gate its room back; whatever was kept is forgotten. Harmless when repeated. */
  void release() {
    gate.release(bytes);
    bytes = 0;
    chunks = List.of();
  }

  private void refuse(SmtpReply reply) {
    release();
    refusal = Optional.of(reply);
  }
}
