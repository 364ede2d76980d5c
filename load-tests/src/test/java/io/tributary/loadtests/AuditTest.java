package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  @TempDir Path folder;

  @Test
  void auditShouldNameWhatIsLostDoubledOrChanged() throws IOException {
    Ledger ledger = new Ledger();
    SplittableRandom random = new SplittableRandom(7);
    for (String id : List.of("lost", "twice", "changed", "fine")) {
      Mail mail = Mail.draw(id, "alice@example.com", 200, random);
      ledger.sent(mail);
      ledger.acknowledged(mail);
    }
    Path box = Files.createDirectories(folder.resolve("alice"));
    Map<String, Mail> sent = ledger.sent();
    Files.write(box.resolve("1"), raw(sent, "twice"));
    Files.write(box.resolve("2"), raw(sent, "twice"));
    byte[] changed = raw(sent, "changed").clone();
    changed[changed.length - 3] ^= 1;
    Files.write(box.resolve("3"), changed);
    Files.write(box.resolve("4"), raw(sent, "fine"));
    Files.writeString(box.resolve("5"), "never sent");

    Audit audit = Audit.of(ledger, Map.of("alice@example.com", box));

    assertThat(audit.faults())
        .hasSize(4)
        .anyMatch(fault -> fault.startsWith("lost was acknowledged"))
        .anyMatch(fault -> fault.startsWith("twice is there 2 times"))
        .anyMatch(fault -> fault.startsWith("changed differs"))
        .anyMatch(fault -> fault.contains("never sent"));
  }

  private static byte[] raw(Map<String, Mail> sent, String id) {
    return Objects.requireNonNull(sent.get(id)).raw();
  }
}
