package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.traffic.Outlet;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WatchedOutletTest {
  private final Book book = new Book();
  private final LiveBook live = new LiveBook();

  @Test
  void everyAttemptShouldBeWrittenDownWithWhatTheSenderSaw() throws IOException {
    watched(new Outlet.Answer(Outlet.Verdict.AGAIN, "SMTP 451 at RCPT")).send();
    watched(new Outlet.Answer(Outlet.Verdict.AGAIN, "SMTP 451 at RCPT")).send();
    watched(new Outlet.Answer(Outlet.Verdict.REFUSED, "HTTP 404")).send();
    watched(new Outlet.Answer(Outlet.Verdict.ACKNOWLEDGED, "HTTP 204")).send();

    assertThat(Book.errors(book.all(), any -> true))
        .isEqualTo(Map.of("SMTP 451 at RCPT", 2, "HTTP 404", 1));
    assertThat(Book.errors(book.all(), attempt -> attempt.fate() == Attempt.Fate.REFUSED))
        .containsOnlyKeys("HTTP 404");
    assertThat(book.acknowledgedNanos("alice", System.nanoTime() - 1_000_000_000L)).isPresent();
  }

  @Test
  void aLostConnectionShouldBeWrittenDownAndTold() {
    assertThatThrownBy(() -> watched(new IOException("connection lost")).send())
        .isInstanceOf(IOException.class);

    assertThat(Book.errors(book.all(), any -> true)).isEqualTo(Map.of("reset", 1));
  }

  @Test
  void listenersShouldOweWhatWasAcknowledged() throws IOException {
    Outlet outlet = watched(new Outlet.Answer(Outlet.Verdict.ACKNOWLEDGED, ""));
    outlet.draw();
    outlet.send();

    assertThat(live.isComplete()).isFalse();
    live.seen("alice", "m1");
    assertThat(live.isComplete()).isTrue();
  }

  @Test
  void silenceShouldBeToldFromAReset() {
    assertThat(WatchedOutlet.words(new IOException("no answer in time", new TimeoutException())))
        .isEqualTo("no answer");
    assertThat(WatchedOutlet.words(new SocketTimeoutException())).isEqualTo("no answer");
    assertThat(WatchedOutlet.words(new IOException("no answer", new IOException("error busy"))))
        .isEqualTo("error busy");
    assertThat(WatchedOutlet.words(new IOException("whatever"))).isEqualTo("reset");
  }

  private Outlet watched(Object answer) {
    return new WatchedOutlet(new Script(answer), "alice", book, live);
  }

  /** Answers always the same. */
  private record Script(Object answer) implements Outlet {
    @Override
    public Posting draw() {
      return new Posting("m1", Set.of("alice"), "");
    }

    @Override
    public Answer send() throws IOException {
      if (answer instanceof IOException lost) {
        throw lost;
      }
      return (Answer) answer;
    }

    @Override
    public void drop() {}
  }
}
