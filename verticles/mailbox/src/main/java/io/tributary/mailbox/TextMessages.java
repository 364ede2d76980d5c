package io.tributary.mailbox;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.Action.ConsentAsked;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.codecs.message.SmsStatus;
import io.tributary.records.v1.ConsentSnapshot;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.records.v1.SmsStatusRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a user's SMS beside the messages: who may be written to, and what became of
 * those that went out.
 */
final class TextMessages {
  private static final int STATUSES_MAX = 100;
  private static final int WEIGHT_BYTES = 400;

  private final Map<Pair, Boolean> stopped = new TreeMap<>();

  /** Newest last. */
  private final Map<Sms, SmsStatus> statuses = new LinkedHashMap<>();

  private record Pair(Address number, Address peer) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byNumber = number.compareTo(other.number);
      return byNumber == 0 ? peer.compareTo(other.peer) : byNumber;
    }
  }

  private record Sms(String provider, String account, String messageId) {
    static Sms of(SmsStatus status) {
      return new Sms(status.provider(), status.account(), status.messageId());
    }
  }

  TextMessages() {}

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  TextMessages(MailboxSnapshot saved) {
    for (ConsentSnapshot each : saved.getConsentsList()) {
      stopped.put(
          new Pair(Address.parse(each.getNumber()), Address.parse(each.getPeer())),
          each.getStopped());
    }
    for (SmsStatusRecord each : saved.getStatusesList()) {
      SmsStatus.State state = SmsStatus.State.ofNumber(each.getState());
      SmsStatus status =
          new SmsStatus(each.getProvider(), each.getAccount(), each.getMessageId(), state);
      statuses.put(Sms.of(status), status);
    }
  }

  void save(MailboxSnapshot.Builder saved) {
    stopped.forEach(
        (pair, stop) ->
            saved.addConsents(
                ConsentSnapshot.newBuilder()
                    .setNumber(pair.number.toString())
                    .setPeer(pair.peer.toString())
                    .setStopped(stop)));
    for (SmsStatus status : statuses.values()) {
      saved.addStatuses(
          SmsStatusRecord.newBuilder()
              .setProvider(status.provider())
              .setAccount(status.account())
              .setMessageId(status.messageId())
              .setState(status.state().number()));
    }
  }

  /** The newest word counts; asking for help changes nothing. */
  void note(Address number, ConsentAsked asked) {
    if (asked.asked() != Consent.HELP) {
      stopped.put(new Pair(number, asked.peer()), asked.asked() == Consent.STOP);
    }
  }

  /** By number, then peer. */
  List<MailboxStats.Consent> consents() {
    List<MailboxStats.Consent> consents = new ArrayList<>();
    stopped.forEach(
        (pair, stop) -> consents.add(new MailboxStats.Consent(pair.number, pair.peer, stop)));
    return consents;
  }

  /** Whether {@link #note} would change something. */
  boolean isNews(SmsStatus status) {
    SmsStatus known = statuses.get(Sms.of(status));
    return known == null || rank(status) > rank(known);
  }

  /** Of several reports on one message, in whatever order, the one with the highest rank stays. */
  void note(SmsStatus status) {
    if (isNews(status)) {
      statuses.remove(Sms.of(status));
      statuses.put(Sms.of(status), status);
      if (statuses.size() > STATUSES_MAX) {
        statuses.remove(statuses.keySet().iterator().next());
      }
    }
  }

  /**
   * A failure ends what was queued or sent. A receipt comes from the phone itself: it tells more
   * than a failure that some carrier on the way reported.
   */
  private static int rank(SmsStatus status) {
    return switch (status.state()) {
      case QUEUED -> 0;
      case SENT -> 1;
      case FAILED -> 2;
      case DELIVERED -> 3;
      case READ -> 4;
    };
  }

  /** Newest first. */
  List<SmsStatus> statuses() {
    List<SmsStatus> newestFirst = new ArrayList<>(statuses.values());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  long weightBytes() {
    return (long) WEIGHT_BYTES * (stopped.size() + statuses.size());
  }
}
