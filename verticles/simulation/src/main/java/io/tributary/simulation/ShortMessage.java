package io.tributary.simulation;

import io.tributary.channels.sms.SmsWebhooks;

/**
 * An SMS that somebody sends to a user.
 *
 * @param id its provider's
 * @param from number
 * @param text no two have the same
 */
record ShortMessage(String id, String from, SimulatedUser to, String text) implements Webhook {
  @Override
  public SmsWebhooks.Kind kind() {
    return SmsWebhooks.Kind.MESSAGE;
  }

  @Override
  public String json() {
    return "{\"account\":\"ACsim\",\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"text\":\"%s\"}"
        .formatted(id, from, to.phone().value(), text);
  }

  @Override
  public void answered(World world) {
    world.texts().answered(this);
  }

  @Override
  public void promise(World world) {
    world.texts().promise(this);
  }

  @Override
  public String toString() {
    return text;
  }
}
