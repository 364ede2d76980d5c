package io.tributary.loadtests.drill;

import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.traffic.Outlet;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A way in whose every attempt is written down. */
final class WatchedOutlet implements Outlet {
  private final Outlet outlet;
  private final String user;
  private final Book book;
  private final LiveBook live;
  private String id = "";
  private Set<String> mailboxes = Set.of();

  /**
   * @param user whose mailbox acknowledges what it sends
   * @param live is told what has been acknowledged
   */
  WatchedOutlet(Outlet outlet, String user, Book book, LiveBook live) {
    this.outlet = outlet;
    this.user = user;
    this.book = book;
    this.live = live;
  }

  @Override
  public Posting draw() {
    Posting posting = outlet.draw();
    id = posting.id();
    mailboxes = posting.mailboxes();
    return posting;
  }

  @Override
  public Answer send() throws IOException {
    long began = System.nanoTime();
    try {
      Answer answer = outlet.send();
      note(began, fate(answer.verdict()), answer.words());
      if (answer.verdict() == Verdict.ACKNOWLEDGED) {
        live.acknowledged(id, mailboxes);
      }
      return answer;
    } catch (IOException lost) {
      note(began, Attempt.Fate.AGAIN, words(lost));
      throw lost;
    }
  }

  private void note(long began, Attempt.Fate fate, String words) {
    book.add(new Attempt(user, began, System.nanoTime(), fate, words));
  }

  private static Attempt.Fate fate(Verdict verdict) {
    return switch (verdict) {
      case ACKNOWLEDGED -> Attempt.Fate.ACKNOWLEDGED;
      case AGAIN -> Attempt.Fate.AGAIN;
      case REFUSED -> Attempt.Fate.REFUSED;
    };
  }

  /** Few kinds, so that they can be counted. */
  static String words(IOException lost) {
    for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
        return "no answer";
      }
      if (cause instanceof ConnectException) {
        return "no connection";
      }
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("error ")) {
        return message; // the server's own, after which it ended the connection
      }
    }
    return "reset";
  }

  @Override
  public void drop() {
    outlet.drop();
  }
}
