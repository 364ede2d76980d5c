package io.tributary.channels.smtp.testing;

import io.tributary.channels.smtp.SmtpObserver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts, for one thread. */
public final class CountingObserver implements SmtpObserver {
  private final Map<Settlement, Integer> settled = new EnumMap<>(Settlement.class);
  private final List<Integer> replies = new ArrayList<>();
  private int accepted;
  private int open;
  private int refused;

  public int accepted() {
    return accepted;
  }

  public int settled(Settlement settlement) {
    return settled.getOrDefault(settlement, 0);
  }

  public int settled() {
    return settled.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int openConnections() {
    return open;
  }

  public int refusedConnections() {
    return refused;
  }

  public List<Integer> replies() {
    return List.copyOf(replies);
  }

  @Override
  public void connectionOpened() {
    open++;
  }

  @Override
  public void connectionClosed() {
    open--;
  }

  @Override
  public void connectionRefused() {
    refused++;
  }

  @Override
  public void deliveryAccepted() {
    accepted++;
  }

  @Override
  public void deliverySettled(Settlement settlement) {
    settled.merge(settlement, 1, Integer::sum);
  }

  @Override
  public void replied(int code) {
    replies.add(code);
  }
}
