package io.tributary.channels.sms;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;
import java.time.Duration;
import java.time.InstantSource;

/** All that webhooks need from around them. */
public record SmsHost(
    SmsAccounts accounts, Ports ports, Environment environment, SmsObserver observer) {

  /**
   * Where messages and reports go.
   *
   * @param timeout for all calls of one webhook together; providers wait for about 15 seconds
   */
  public record Ports(
      MessageIntake messages,
      RecipientLookup recipients,
      SmsStatusIntake statuses,
      Duration timeout) {}

  /**
   * Time and thread.
   *
   * @param scheduler its workers run on the thread that answers
   */
  public record Environment(Scheduler scheduler, InstantSource clock) {}
}
