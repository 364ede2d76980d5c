package io.tributary.loadtests.traffic;

import io.tributary.loadtests.audit.Posting;
import java.io.IOException;

/** One sender's way in: a connection, and one message at a time. For one thread at a time. */
public interface Outlet {
  /** Makes up another message, which {@link #send} sends from now on. */
  Posting draw();

  /**
   * Sends the message, again the same if it was sent before, and waits for the answer.
   *
   * @throws IOException if there is none
   */
  Answer send() throws IOException;

  /** Ends the connection, if there is one; the next send makes another. */
  void drop();

  /**
   * What the installation said.
   *
   * @param words for people
   */
  record Answer(Verdict verdict, String words) {}

  /** What it means for the message. */
  enum Verdict {
    /** It must be there from now on, once. */
    ACKNOWLEDGED,
    /** It may be there or not; to be sent again. */
    AGAIN,
    /** It will never be taken, which no valid message may be told. */
    REFUSED
  }
}
