package io.tributary.loadtests.sms;

/**
 * One text message that the provider has for us. Sent again it keeps its number, and so its
 * provider id.
 *
 * @param number unique in the run; the provider's message id is made of it and the run's name
 * @param from somebody outside, E.164
 * @param to one of the users' numbers, E.164
 */
public record IncomingSms(String id, long number, String from, String to, String text) {
  private static final int SENDERS = 500;

  /** A message from one of some hundred people outside. */
  public static IncomingSms to(String phone, String id, long number, String text) {
    String from = "+1303555%04d".formatted(1_000 + number % SENDERS);
    return new IncomingSms(id, number, from, phone, text);
  }
}
