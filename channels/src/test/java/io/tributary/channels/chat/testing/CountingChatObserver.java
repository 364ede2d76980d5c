package io.tributary.channels.chat.testing;

import io.tributary.channels.chat.ChatObserver;
import io.tributary.channels.chat.Farewell;
import io.tributary.codecs.chat.ErrorCode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts. */
public final class CountingChatObserver implements ChatObserver {
  private final Map<Settlement, Integer> settled = new EnumMap<>(Settlement.class);
  private final List<ErrorCode> errors = new ArrayList<>();
  private final List<Farewell> farewells = new ArrayList<>();
  private int accepted;
  private int sessions;
  private int gaps;

  public int accepted() {
    return accepted;
  }

  public int settled(Settlement settlement) {
    return settled.getOrDefault(settlement, 0);
  }

  public int inFlight() {
    return accepted - settled.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Open now. */
  public int sessions() {
    return sessions;
  }

  public int gaps() {
    return gaps;
  }

  public List<ErrorCode> errors() {
    return List.copyOf(errors);
  }

  public List<Farewell> farewells() {
    return List.copyOf(farewells);
  }

  @Override
  public void sessionOpened() {
    sessions++;
  }

  @Override
  public void sessionClosed() {
    sessions--;
  }

  @Override
  public void sendAccepted() {
    accepted++;
  }

  @Override
  public void sendSettled(Settlement settlement) {
    settled.merge(settlement, 1, Integer::sum);
  }

  @Override
  public void errorTold(ErrorCode code) {
    errors.add(code);
  }

  @Override
  public void gapTold() {
    gaps++;
  }

  @Override
  public void ended(Farewell why) {
    farewells.add(why);
  }
}
