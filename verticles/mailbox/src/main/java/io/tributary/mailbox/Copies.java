package io.tributary.mailbox;

import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.SenderSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which messages sent by others here have arrived, for ever: 16 bytes each. A sender's messages
 * come nearly in order, so that a sorted array grows at its end.
 */
final class Copies {
  private static final int SENDER_WEIGHT_BYTES = 160;

  private final Map<UserId, Sender> senders = new LinkedHashMap<>();
  private long weightBytes;

  Copies() {}

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  Copies(List<SenderSnapshot> saved) {
    for (SenderSnapshot each : saved) {
      long[] sent = SavedNumbers.sums(each.getSentStepsList(), 0);
      for (int i = 0; i < sent.length; i++) {
        Origin origin = new Origin(new UserId(each.getUser()), new Position(sent[i]));
        add(origin, new Position(each.getCopies(i)));
      }
    }
  }

  List<SenderSnapshot> save() {
    List<SenderSnapshot> saved = new ArrayList<>(senders.size());
    senders.forEach((user, sender) -> saved.add(sender.save(user)));
    return saved;
  }

  /** Where the copy stands. */
  Optional<Position> find(Origin origin) {
    Sender sender = senders.get(origin.sender());
    return sender == null ? Optional.empty() : sender.find(origin.position().value());
  }

  /** The first copy is the one that counts. */
  void add(Origin origin, Position copy) {
    Sender sender =
        senders.computeIfAbsent(
            origin.sender(),
            unused -> {
              weightBytes += SENDER_WEIGHT_BYTES;
              return new Sender();
            });
    weightBytes -= sender.weightBytes();
    sender.add(origin.position().value(), copy.value());
    weightBytes += sender.weightBytes();
  }

  long weightBytes() {
    return weightBytes;
  }

  private static final class Sender {
    private int count;
    private long[] sent = new long[2];
    private long[] copies = new long[2];

    Optional<Position> find(long position) {
      int found = Arrays.binarySearch(sent, 0, count, position);
      return found < 0 ? Optional.empty() : Optional.of(new Position(copies[found]));
    }

    void add(long position, long copy) {
      int found = Arrays.binarySearch(sent, 0, count, position);
      if (found >= 0) {
        return;
      }
      if (count == sent.length) {
        sent = Arrays.copyOf(sent, count * 2);
        copies = Arrays.copyOf(copies, count * 2);
      }
      int at = -found - 1;
      System.arraycopy(sent, at, sent, at + 1, count - at);
      System.arraycopy(copies, at, copies, at + 1, count - at);
      sent[at] = position;
      copies[at] = copy;
      count++;
    }

    SenderSnapshot save(UserId user) {
      SenderSnapshot.Builder saved = SenderSnapshot.newBuilder().setUser(user.value());
      long before = 0;
      for (int i = 0; i < count; i++) {
        saved.addSentSteps(sent[i] - before).addCopies(copies[i]);
        before = sent[i];
      }
      return saved.build();
    }

    long weightBytes() {
      return 2L * Long.BYTES * sent.length;
    }
  }
}
