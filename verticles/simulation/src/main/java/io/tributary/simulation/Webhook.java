package io.tributary.simulation;

import io.tributary.channels.sms.SmsWebhooks;

/** What a provider tells a node, until it has heard that it is stored. */
interface Webhook {
  SmsWebhooks.Kind kind();

  /** Its body. */
  String json();

  /** A 204 left the server: then it is in the log. */
  void answered(World world);

  /** The provider heard the 204. */
  void promise(World world);
}
