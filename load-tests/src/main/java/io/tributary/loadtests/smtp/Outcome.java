package io.tributary.loadtests.smtp;

/** What became of one attempt to hand over a mail. */
public sealed interface Outcome {

  /** 250 to the whole mail: it is the server's now. */
  record Accepted() implements Outcome {}

  /**
   * The server said no.
   *
   * @param code 400 to 599; below 500 the mail may be sent again
   * @param reply its text
   */
  record Refused(int code, String reply) implements Outcome {
    public boolean isPermanent() {
      return code >= 500;
    }
  }

  /** No answer, or the connection is gone: the mail may be there or not, and may be sent again. */
  record Unknown(String reason) implements Outcome {}
}
