package io.tributary.channels.live;

import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;

/**
 * Who is told what happens in a mailbox. Called on the feed's event loop, one call at a time; it
 * may call its {@link Follower} back.
 */
public interface FollowerSink {

  /**
   * The mailbox was reached. Once, before all else.
   *
   * @param head where it stands; what lies between {@code since} and here comes next
   */
  void began(Position head);

  /** By rising position, each once. Only while {@link #ready}. */
  void happened(LiveEvent event);

  /**
   * Everything up to here has been told; it is where the mailbox stood within the last five
   * seconds. At least every five seconds while the mailbox can be read, the sink is ready and
   * nothing is left to catch up on. Only while {@link #ready}.
   */
  void head(Position head);

  /**
   * What lies behind {@code from} up to and with {@code to} is not told: the sink was not ready for
   * too long. Goes on behind {@code to}. Also when {@code since} lay beyond the mailbox's head:
   * then from the start to the head. Only while {@link #ready}.
   */
  void missed(Position from, Position to);

  /** Whether it takes more now. When it does again, call {@link Follower#resume}. */
  boolean ready();
}
