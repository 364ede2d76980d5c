package io.tributary.simulation;

/**
 * How often things go wrong in a run. Drawn from the seed: each kind of trouble is absent in some
 * runs and frequent in others, so that runs differ in more than their order of events.
 */
final class Weather {
  /** What becomes of one call to HBase. */
  enum Fate {
    FINE,
    /** Refused: not carried out, and said so. */
    BUSY,
    /** Carried out at once; the client waits long, but not in vain. */
    SLOW_ANSWER,
    /** Lost on its way; the client waits in vain. */
    REQUEST_LOST,
    /** Carried out; the client waits in vain. */
    ANSWER_LOST,
    /** Connection lost before it was carried out. */
    RESET_BEFORE,
    /** Connection lost after it was carried out. */
    RESET_AFTER,
    /** Connection lost while it is under way; it is carried out later. */
    RESET_THEN_LATE,
    /** Carried out when the client has given up. */
    LATE,
    /** Carried out twice; the answer is the second one's. */
    TWICE
  }

  private static final long CALL_MICROS = 2 * VirtualTime.MILLISECOND;

  private final Chance chance;
  private boolean clear;
  private final double troubledCalls;
  private final double busy;
  private final double slow;
  private final double split;
  private final double intakeLoss;
  private final double connectionLoss;
  private final double lookupFailure;
  private final double outages;
  private final double crashes;
  private final double pauses;
  private final double doubled;
  private final double liveLoss;
  private final double stepCrashes;
  private final double cuts;
  private final double zooKeeperOutages;
  private final double delayedNews;
  private final double stalls;
  private final double beliefs;
  private final double dethronements;
  private final double drains;
  private final double regionCuts;
  private final double mixUps;
  private final long callMicros;

  Weather(Chance chance) {
    this.chance = chance;
    troubledCalls = rate(0.5);
    busy = rate(0.1);
    slow = rate(0.6);
    split = rate(0.5);
    intakeLoss = rate(0.05);
    connectionLoss = rate(0.02);
    lookupFailure = rate(0.1);
    outages = rate(0.05);
    crashes = rate(0.06);
    pauses = rate(0.06);
    doubled = rate(0.1);
    liveLoss = rate(0.4);
    stepCrashes = rate(0.002);
    cuts = rate(0.3);
    zooKeeperOutages = rate(0.05);
    delayedNews = rate(0.3);
    stalls = rate(0.05);
    beliefs = rate(0.6);
    dethronements = rate(0.3);
    drains = rate(0.2);
    regionCuts = rate(0.3);
    mixUps = rate(0.4);
    callMicros =
        chance.happens(0.4) ? chance.between(20, 120) * VirtualTime.MILLISECOND : CALL_MICROS;
  }

  /** Always fine. */
  static Weather fair(Chance chance) {
    Weather fair = new Weather(chance);
    fair.clearUp();
    return fair;
  }

  private double rate(double most) {
    return chance.happens(0.4) ? 0 : most * chance.random().nextDouble();
  }

  /** No more trouble from now on; what is under way stays under way. */
  void clearUp() {
    clear = true;
  }

  Fate fate() {
    if (!clear && chance.happens(busy)) {
      return Fate.BUSY;
    }
    if (!clear && chance.happens(slow)) {
      return Fate.SLOW_ANSWER;
    }
    if (clear || !chance.happens(troubledCalls)) {
      return Fate.FINE;
    }
    Fate[] fates = Fate.values();
    return fates[chance.between(Fate.REQUEST_LOST.ordinal(), fates.length - 1)];
  }

  /** Whether a request goes to any node, not to the owner. */
  boolean goesAstray() {
    return happens(split);
  }

  boolean losesIntake() {
    return happens(intakeLoss);
  }

  boolean losesConnection() {
    return happens(connectionLoss);
  }

  boolean failsLookup() {
    return happens(lookupFailure);
  }

  /** Asked once a second. */
  boolean outageBegins() {
    return happens(outages);
  }

  /** What a call to HBase takes, each way: where it is long, appends wait for each other. */
  long callMicros() {
    return clear ? CALL_MICROS : callMicros;
  }

  /** Asked once a second. */
  boolean regionsChange() {
    return happens(regionCuts);
  }

  /** Whether a change reaches the wrong shard of a node. */
  boolean mixesShardsUp() {
    return happens(mixUps);
  }

  /** Asked once a second for each node. */
  boolean nodeCrashes() {
    return happens(crashes);
  }

  /** Asked once a second for each node. */
  boolean nodePauses() {
    return happens(pauses);
  }

  boolean doublesIntake() {
    return happens(doubled);
  }

  /** What is told live may be lost. */
  boolean losesLive() {
    return happens(liveLoss);
  }

  /** Asked at each step of a node. */
  boolean crashesHere() {
    return happens(stepCrashes);
  }

  /** Asked once a second. */
  boolean cutBegins() {
    return happens(cuts);
  }

  /** Asked once a second. */
  boolean zooKeeperGoesDown() {
    return happens(zooKeeperOutages);
  }

  /** Asked once a second. */
  boolean dethrones() {
    return happens(dethronements);
  }

  /** Asked once a second for each node: it gives its share away for a while. */
  boolean nodeDrains() {
    return happens(drains);
  }

  /** What a watch tells comes late. */
  boolean delaysNews() {
    return happens(delayedNews);
  }

  /** What goes to or from ZooKeeper waits long, and all that follows it. */
  boolean stalls() {
    return happens(stalls);
  }

  /** Who has lost the lead does not hear of it for a while. */
  boolean believesOn() {
    return happens(beliefs);
  }

  private boolean happens(double probability) {
    return !clear && chance.happens(probability);
  }

  @Override
  public String toString() {
    return ("calls=%.3f busy=%.3f slow=%.3f split=%.2f intake=%.3f connection=%.3f lookup=%.2f outages=%.3f"
            + " crashes=%.3f pauses=%.3f doubled=%.3f live=%.3f steps=%.4f cuts=%.2f zk=%.3f news=%.2f"
            + " stalls=%.3f beliefs=%.2f dethroned=%.2f drains=%.2f regions=%.2f mixups=%.2f"
            + " hbase=%dms")
        .formatted(
            troubledCalls,
            busy,
            slow,
            split,
            intakeLoss,
            connectionLoss,
            lookupFailure,
            outages,
            crashes,
            pauses,
            doubled,
            liveLoss,
            stepCrashes,
            cuts,
            zooKeeperOutages,
            delayedNews,
            stalls,
            beliefs,
            dethronements,
            drains,
            regionCuts,
            mixUps,
            callMicros / VirtualTime.MILLISECOND);
  }
}
