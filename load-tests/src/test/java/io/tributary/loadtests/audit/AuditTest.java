package io.tributary.loadtests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTest {
  private final Ledger ledger = new Ledger();
  private final List<Sighting> found = new ArrayList<>();

  @Test
  void auditShouldPassWhenEveryAcknowledgedMessageIsThereOnce() {
    acknowledged("r-1", "alice");
    found("r-1", "alice");

    Audit audit = audit();

    assertThat(audit.passed()).isTrue();
    assertThat(audit.report())
        .isEqualTo("audit: passed; 1 sent, 1 acknowledged, 1 copies found, 0 faults");
  }

  @Test
  void auditShouldNameWhatIsLost() {
    acknowledged("r-1", "alice");

    assertThat(audit().faults()).containsExactly("r-1 was acknowledged and is not in alice");
  }

  @Test
  void auditShouldNameTheMailboxThatLacksItsCopy() {
    acknowledged("r-1", "alice", "bob");
    found("r-1", "alice");

    assertThat(audit().faults()).containsExactly("r-1 was acknowledged and is not in bob");
  }

  @Test
  void auditShouldNameWhatIsThereTwice() {
    acknowledged("r-1", "alice");
    found("r-1", "alice");
    found("r-1", "alice");

    assertThat(audit().faults()).containsExactly("r-1 is 2 times in alice");
  }

  @Test
  void auditShouldNameADoubleThatWasNeverAcknowledged() {
    sent("r-1", "alice");
    found("r-1", "alice");
    found("r-1", "alice");

    assertThat(audit().faults()).containsExactly("r-1 is 2 times in alice");
  }

  @Test
  void auditShouldNameWhatLiesInTheWrongMailbox() {
    acknowledged("r-1", "alice");
    found("r-1", "alice");
    found("r-1", "bob");

    assertThat(audit().faults()).containsExactly("r-1 lies in bob and not only in [alice]");
  }

  @Test
  void auditShouldNameWhatChanged() {
    acknowledged("r-1", "alice");
    found.add(new Sighting("alice", Optional.of("r-1"), Digests.of("something else")));

    assertThat(audit().faults()).containsExactly("r-1 in alice differs from what was sent");
  }

  @Test
  void auditShouldNameWhatWasNeverSent() {
    found("r-1", "alice");
    found.add(new Sighting("bob", Optional.empty(), Digests.of("")));

    assertThat(audit().faults())
        .containsExactly(
            "a message without an id in bob was never sent", "r-1 in alice was never sent");
  }

  @Test
  void auditShouldNotAskForWhatWasNotAcknowledged() {
    sent("r-1", "alice");
    sent("r-2", "alice");
    found("r-2", "alice");

    assertThat(audit().passed()).isTrue();
  }

  @Test
  void auditShouldNameTheFirstTenAndCountAll() {
    IntStream.range(0, 25).forEach(i -> acknowledged("r-%02d".formatted(i), "alice"));

    Audit audit = audit();

    assertThat(audit.faultCount()).isEqualTo(25);
    assertThat(audit.faults())
        .containsExactlyElementsOf(
            IntStream.range(0, 10)
                .mapToObj("r-%02d was acknowledged and is not in alice"::formatted)
                .toList());
    assertThat(audit.report().lines().findFirst()).hasValueSatisfying(AuditTest::saysFailed);
  }

  @Test
  void digestsShouldIgnoreLineEndsAndNothingElse() {
    assertThat(Digests.of("a\r\nb\r\n")).isEqualTo(Digests.of("a\nb"));
    assertThat(Digests.of("a b")).isNotEqualTo(Digests.of("a  b"));
    assertThat(Digests.of("a\r\n".getBytes(StandardCharsets.US_ASCII)))
        .isNotEqualTo(Digests.of("a\n".getBytes(StandardCharsets.US_ASCII)));
  }

  private static void saysFailed(String line) {
    assertThat(line).contains("FAILED").contains("25 faults");
  }

  private void sent(String id, String... mailboxes) {
    ledger.sent(new Posting(id, Set.of(mailboxes), Digests.of(id)));
  }

  private void acknowledged(String id, String... mailboxes) {
    sent(id, mailboxes);
    ledger.acknowledged(id);
  }

  private void found(String id, String mailbox) {
    found.add(new Sighting(mailbox, Optional.of(id), Digests.of(id)));
  }

  private Audit audit() {
    return Audit.of(ledger, found.stream());
  }
}
