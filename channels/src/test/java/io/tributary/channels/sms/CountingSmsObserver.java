package io.tributary.channels.sms;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what it is told, and checks the equation at every step. */
final class CountingSmsObserver implements SmsObserver {
  final Map<Settlement, Integer> settled = new EnumMap<>(Settlement.class);
  final List<String> signatureFailures = new ArrayList<>();
  int accepted;
  int inFlight;

  @Override
  public void deliveryAccepted() {
    accepted++;
    inFlight++;
    check();
  }

  @Override
  public void deliverySettled(Settlement settlement) {
    settled.merge(settlement, 1, Integer::sum);
    inFlight--;
    check();
  }

  @Override
  public void signatureFailed(SmsAccount account) {
    signatureFailures.add(account.name() + " " + account.mode());
  }

  int count(Settlement settlement) {
    return settled.getOrDefault(settlement, 0);
  }

  private void check() {
    int ended = settled.values().stream().mapToInt(Integer::intValue).sum();
    if (accepted != ended + inFlight || inFlight < 0) {
      throw new AssertionError(
          accepted + " accepted, " + ended + " ended, " + inFlight + " in flight");
    }
  }
}
