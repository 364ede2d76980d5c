package io.tributary.simulation;

import io.tributary.channels.sms.SmsWebhooks;
import io.tributary.codecs.message.SmsStatus;
import java.util.Locale;

/**
 * What a provider reports of an SMS that went out.
 *
 * @param id the provider's, of the SMS
 */
record SmsNews(String id, SimulatedUser sender, SmsStatus.State state) implements Webhook {
  @Override
  public SmsWebhooks.Kind kind() {
    return SmsWebhooks.Kind.STATUS;
  }

  @Override
  public String json() {
    return "{\"account\":\"ACsim\",\"id\":\"%s\",\"from\":\"%s\",\"state\":\"%s\"}"
        .formatted(id, sender.phone().value(), state.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void answered(World world) {
    if (!world.watch().tale(sender.id()).marks().tells(id, state)) {
      world.violation(this + " was answered 204, but the log does not know");
    }
  }

  @Override
  public void promise(World world) {
    // what was in the log when it was answered stays there
  }

  @Override
  public String toString() {
    return id + " " + state;
  }
}
