package io.tributary.loadtests.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.loadtests.Await;
import io.tributary.loadtests.audit.Ledger;
import io.tributary.loadtests.audit.Posting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Ledger ledger = new Ledger();

  @Test
  void aMessageShouldBeSentAgainTheSameUntilItIsAcknowledged() {
    Script outlet = new Script("again", "lost", "acknowledged");

    run(outlet, 2);

    assertThat(outlet.sent.subList(0, 3)).containsOnly("m1");
    assertThat(outlet.sent.get(3)).isEqualTo("m2");
    assertThat(outlet.drops).hasPositiveValue();
    assertThat(ledger.acknowledgedCount()).isEqualTo(ledger.sentCount());
  }

  @Test
  void aRefusalForGoodShouldBeToldAndNotBeRepeated() {
    Script outlet = new Script("refused", "acknowledged");

    Senders ended = run(outlet, 1);

    assertThat(ended.refusal()).hasValue("m1 was refused: code 5");
    assertThat(outlet.sent.subList(0, 2)).containsExactly("m1", "m2");
    assertThat(ledger.acknowledgedCount()).isEqualTo(ledger.sentCount() - 1);
  }

  @Test
  void sendersShouldFinishOnlyWhatTheyBegan() {
    Senders ended = run(new Script("lost", "lost", "acknowledged"), 1);

    assertThat(ended.retries()).isEqualTo(2);
    assertThat(ended.acknowledged()).isEqualTo(ledger.sentCount());
  }

  private Senders run(Script outlet, int messages) {
    try (Senders senders = new Senders(List.of(outlet), ledger)) {
      Await.until(PATIENCE, () -> senders.acknowledged() >= messages);
      senders.finish();
      Await.until(PATIENCE, senders::finished);
      return senders;
    }
  }

  /** Answers the first sends as it is told, the others well. */
  private static final class Script implements Outlet {
    private final List<String> answers;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger drops = new AtomicInteger();
    private int drawn;

    Script(String... answers) {
      this.answers = List.of(answers);
    }

    @Override
    public Posting draw() {
      drawn++;
      return new Posting("m" + drawn, Set.of("alice"), "");
    }

    @Override
    public Answer send() throws IOException {
      int send = sent.size();
      sent.add("m" + drawn);
      return switch (send < answers.size() ? answers.get(send) : "acknowledged") {
        case "again" -> new Answer(Verdict.AGAIN, "code 4");
        case "refused" -> new Answer(Verdict.REFUSED, "code 5");
        case "lost" -> throw new IOException("lost");
        default -> new Answer(Verdict.ACKNOWLEDGED, "");
      };
    }

    @Override
    public void drop() {
      drops.incrementAndGet();
    }
  }
}
