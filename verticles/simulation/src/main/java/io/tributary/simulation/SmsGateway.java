package io.tributary.simulation;

import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsRequest;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.TimedSignature;
import io.tributary.config.Secret;
import java.util.List;
import java.util.Optional;

/**
 * A provider that delivers SMS, and reports on others, by webhook. After anything but 204, or
 * silence, it tries again, at times while the first try is still under way, and at times though it
 * was answered.
 */
final class SmsGateway {
  static final SmsAccount ACCOUNT =
      new SmsAccount(
          new SmsAccount.Name("generic", "main"),
          "ACsim",
          List.of(Secret.of("simulated")),
          SmsAccount.Mode.ENFORCE);
  static final String CONTENT_TYPE = "application/json";

  private static final String URL = "https://sms.example.com/sms/generic/main";
  private static final long PATIENCE_MICROS = 15 * VirtualTime.SECOND;
  private static final long PAUSE_MICROS_MAX = 8 * VirtualTime.SECOND;

  private final World world;
  private int owed;

  SmsGateway(World world) {
    this.world = world;
  }

  boolean idle() {
    return owed == 0;
  }

  void send(Webhook message) {
    owed++;
    new Job(message).attempt();
    if (world.chance().happens(0.1)) {
      owed++;
      new Job(message).attempt();
    }
  }

  private final class Job {
    private final Webhook message;
    private int attempts;
    private boolean settled;

    Job(Webhook message) {
      this.message = message;
    }

    void attempt() {
      int number = ++attempts;
      SmsRequest request = request();
      SimulatedNode node = world.chance().oneOf(world.nodes());
      world
          .network()
          .send(
              "webhook",
              () ->
                  node.webhook(
                      message,
                      request,
                      status -> world.network().send("answer", () -> hear(status))));
      world.time().after(PATIENCE_MICROS, () -> again(number));
    }

    private void again(int number) {
      if (!settled && number == attempts) {
        attempt();
      }
    }

    private SmsRequest request() {
      Bytes body = Bytes.ofUtf8(message.json());
      long seconds = world.realTime().getEpochSecond();
      String signature = TimedSignature.of(seconds, URL, body, "simulated").toString();
      return new SmsRequest(
          URL,
          CONTENT_TYPE,
          name -> name.equals(TimedSignature.HEADER) ? Optional.of(signature) : Optional.empty(),
          body);
    }

    private void hear(int status) {
      if (status == 204) {
        message.promise(world);
        settle();
      } else if (status != 503) {
        world.violation(message + " was answered " + status);
      } else if (!settled) {
        againLater();
      }
    }

    private void settle() {
      if (settled) {
        return;
      }
      if (world.chance().happens(0.15)) {
        againLater();
      } else {
        settled = true;
        owed--;
      }
    }

    private void againLater() {
      int number = ++attempts;
      long pause = world.chance().between(VirtualTime.MILLISECOND, PAUSE_MICROS_MAX);
      world.time().after(pause, () -> again(number));
    }
  }

  @Override
  public String toString() {
    return "gateway owed " + owed;
  }
}
