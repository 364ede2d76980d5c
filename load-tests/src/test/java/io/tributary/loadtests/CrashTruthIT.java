package io.tributary.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.loadtests.audit.Audit;
import io.tributary.loadtests.audit.Ledger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node, HBase and at last the whole installation die by SIGKILL under load: nothing
 * acknowledged is lost.
 */
class CrashTruthIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);
  private static final List<String> RECIPIENTS = List.of("alice@example.com", "bob@example.com");

  @TempDir Path folder;

  @Test
  void everyAcknowledgedMailShouldBeFoundExactlyOnceAfterProcessesWereKilled() throws Exception {
    Ledger ledger = new Ledger();
    try (Installation installation = Installation.start(PROJECT, folder.resolve("data"))) {
      try (SmtpLoad load = new SmtpLoad(installation.smtp(), RECIPIENTS, ledger, 4)) {
        awaitProgress(ledger, 100);
        installation.kill("node-1");
        awaitProgress(ledger, 100);
        installation.kill("hbase");
        awaitProgress(ledger, 100);
        load.finish();
        Await.until(RECOVERY_MAX, load::finished);
        assertThat(load.refusal()).as("a permanent error during an outage").isEmpty();
        assertThat(load.retries()).as("the kills were felt").isPositive();
      }
      installation.killSupervisor(List.of("node-1", "hbase", "zookeeper"));
      installation.restart();

      Audit audit = Audit.of(ledger, Exports.sightings(export(installation)));

      assertThat(audit.faults()).isEmpty();
      assertThat(audit.copies()).isEqualTo(ledger.sentCount());
    }
  }

  private static void awaitProgress(Ledger ledger, int mails) {
    int target = ledger.acknowledgedCount() + mails;
    Await.until(RECOVERY_MAX, () -> ledger.acknowledgedCount() >= target);
  }

  private Map<String, Path> export(Installation installation) throws Exception {
    Map<String, Path> exports = new LinkedHashMap<>();
    for (String recipient : RECIPIENTS) {
      String user = recipient.substring(0, recipient.indexOf('@'));
      Path box = folder.resolve("export-" + user);
      installation.run("message", "raw", user, "--all", "--out", box.toString());
      exports.put(recipient, box);
    }
    return exports;
  }
}
