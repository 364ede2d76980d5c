package io.tributary.simulation;

import io.tributary.mailbox.MailboxLimits;
import io.tributary.store.GroupLimits;
import java.time.Duration;

/** How large a run is, and the limits that its processes keep. */
final class Scale {
  private final boolean ring;
  private final int users;
  private final int nodes;
  private final int clients;
  private final int letters;
  private final int notes;
  private final double haste;
  private final double looks;
  private final int shortMessages;
  private final int errands;
  private final int reports;
  private final int devices;
  private final double keyless;
  private final long troubleMicros;
  private final long callDeadlineMicros;
  private final Duration mailboxDeadline;
  private final Duration portTimeout;
  private final long sessionMicros;
  private final MailboxLimits limits;
  private final boolean grouping;
  private final GroupLimits groups;

  /** Two users on two nodes; one sends the other little. */
  static Scale small(Chance chance) {
    return new Scale(chance, true);
  }

  static Scale drawn(Chance chance) {
    return new Scale(chance, false);
  }

  private Scale(Chance chance, boolean small) {
    users = small ? 3 : chance.between(1, 4);
    ring = !small && chance.happens(0.5);
    nodes = small ? 2 : ring ? chance.between(2, 4) : chance.between(1, 3);
    clients = small ? 1 : chance.between(1, 6);
    letters = small ? 1 : chance.happens(0.2) ? 0 : chance.between(5, 40);
    notes = small ? 3 : chance.happens(0.2) ? 0 : chance.between(1, 30);
    haste = small || chance.happens(0.3) ? 0 : 0.9 * chance.random().nextDouble();
    looks = small || chance.happens(0.3) ? 0 : chance.random().nextDouble();
    shortMessages = small ? 1 : chance.happens(0.3) ? 0 : chance.between(1, 15);
    errands = small ? 1 : chance.happens(0.3) ? 0 : chance.between(1, 15);
    reports = small ? 1 : chance.happens(0.4) ? 0 : chance.between(1, 4);
    devices = small || chance.happens(0.3) ? 0 : chance.between(1, 2);
    keyless = chance.random().nextDouble() * 0.5;
    troubleMicros = (small ? 3 : chance.between(10, 45)) * VirtualTime.SECOND;
    callDeadlineMicros = chance.between(300, 2_000) * VirtualTime.MILLISECOND;
    mailboxDeadline = Duration.ofMillis(chance.between(1_000, 10_000));
    portTimeout = mailboxDeadline.plusMillis(chance.between(0, 10_000));
    limits = limits(chance);
    sessionMicros = chance.between(2_000, 6_000) * VirtualTime.MILLISECOND;
    grouping = small || chance.happens(0.85);
    groups = groups(chance);
  }

  private static GroupLimits groups(Chance chance) {
    int batchMax = chance.happens(0.2) ? 2 : 128;
    int queueMax = chance.happens(0.1) ? 1 : 4_096;
    return new GroupLimits(
        chance.happens(0.8) ? 1 : 2,
        new GroupLimits.Amount(batchMax, 4L << 20),
        new GroupLimits.Amount(queueMax, 64L << 20),
        new GroupLimits.Pace(chance.between(2, 4), chance.between(1, 200)));
  }

  private MailboxLimits limits(Chance chance) {
    int deliveriesMax = chance.happens(0.2) ? chance.between(1, 4) : 1_000;
    long cacheBytesMax = chance.happens(0.2) ? 0 : 64L * 1024 * 1024;
    int loadsMax = chance.between(1, 4);
    return new MailboxLimits(
        mailboxDeadline,
        new MailboxLimits.Queue(deliveriesMax, 4L * 1024 * 1024),
        new MailboxLimits.Shard(16, 16L * 1024 * 1024, loadsMax, cacheBytesMax, 64),
        chance.between(1, 10) * 1_024L);
  }

  /** Nodes share the mailboxes by a ring. */
  boolean ring() {
    return ring;
  }

  int users() {
    return users;
  }

  int nodes() {
    return nodes;
  }

  int clients() {
    return clients;
  }

  int letters() {
    return letters;
  }

  /** Sent by users. */
  int notes() {
    return notes;
  }

  /** How many of them follow another of the same user within a second. */
  double haste() {
    return haste;
  }

  /** How often a user looks at once whether what comes is there. */
  double looks() {
    return looks;
  }

  int shortMessages() {
    return shortMessages;
  }

  /** What users do with what they have. */
  int errands() {
    return errands;
  }

  /** SMS that go out elsewhere, and are reported on. */
  int reports() {
    return reports;
  }

  /** Of each user, that listen. */
  int devices() {
    return devices;
  }

  /** How many letters have nothing that makes an idempotency key. */
  double keyless() {
    return keyless;
  }

  /** How long things may go wrong. */
  long troubleMicros() {
    return troubleMicros;
  }

  /** Of one call to HBase. */
  long callDeadlineMicros() {
    return callDeadlineMicros;
  }

  /** Of one append, its resolution included. */
  Duration appendDeadline() {
    return Duration.ofNanos(callDeadlineMicros * 1_000 * 3 / 2);
  }

  Duration mailboxDeadline() {
    return mailboxDeadline;
  }

  /** Of an SMTP session for a delivery. */
  Duration portTimeout() {
    return portTimeout;
  }

  /** Of a node for a mailbox on another: longer than that takes, and the way back. */
  Duration answerMax() {
    return mailboxDeadline.plusSeconds(2);
  }

  /** After so much silence ZooKeeper takes a client for dead. */
  long sessionMicros() {
    return sessionMicros;
  }

  /** Whether HBase can write rows together. */
  boolean grouping() {
    return grouping;
  }

  GroupLimits groups() {
    return groups;
  }

  MailboxLimits limits() {
    return limits;
  }

  @Override
  public String toString() {
    return ("ring=%s users=%d nodes=%d clients=%d letters=%d notes=%d haste=%.2f looks=%.2f sms=%d errands=%d reports=%d devices=%d keyless=%.2f trouble=%ds call=%dms mailbox=%dms port=%dms"
            + " queue=%d cache=%d session=%dms grouping=%s groups=%s")
        .formatted(
            ring,
            users,
            nodes,
            clients,
            letters,
            notes,
            haste,
            looks,
            shortMessages,
            errands,
            reports,
            devices,
            keyless,
            troubleMicros / VirtualTime.SECOND,
            callDeadlineMicros / VirtualTime.MILLISECOND,
            mailboxDeadline.toMillis(),
            portTimeout.toMillis(),
            limits.queue().deliveriesMax(),
            limits.shard().cacheBytesMax(),
            sessionMicros / VirtualTime.MILLISECOND,
            grouping,
            groups);
  }
}
