package io.tributary.loadtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ledger audit: every acknowledged mail is found in its mailbox exactly once, byte for byte;
 * none is found twice; nothing is found that was never sent.
 *
 * @param found mails found, acknowledged or not
 * @param faults the first of them, each naming its mail
 */
record Audit(int acknowledged, int found, List<String> faults) {
  private static final int FAULTS_MAX = 10;
  private static final Pattern MESSAGE_ID =
      Pattern.compile("\\AMessage-ID: <([^@>]+)@elsewhere\\.example>\r\n");

  /**
   * Compares a ledger with folders of exported messages, one folder a mailbox, named by its mail
   * address.
   */
  static Audit of(Ledger ledger, Map<String, Path> exports) throws IOException {
    Map<String, Integer> copies = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, Path> export : exports.entrySet()) {
      try (Stream<Path> files = Files.list(export.getValue())) {
        for (Path file : files.sorted().toList()) {
          compare(ledger.sent(), export.getKey(), Files.readAllBytes(file), copies, faults);
        }
      }
    }
    count(ledger.acknowledged(), copies, faults);
    return new Audit(
        ledger.acknowledgedCount(), copies.size(), faults.stream().limit(FAULTS_MAX).toList());
  }

  private static void compare(
      Map<String, Mail> sent,
      String mailbox,
      byte[] raw,
      Map<String, Integer> copies,
      List<String> faults) {
    Matcher matcher = MESSAGE_ID.matcher(new String(raw, StandardCharsets.ISO_8859_1));
    Mail mail = matcher.find() ? sent.get(matcher.group(1)) : null;
    if (mail == null) {
      faults.add("a message in " + mailbox + " was never sent");
      return;
    }
    copies.merge(mail.id(), 1, Integer::sum);
    if (!mail.to().equals(mailbox)) {
      faults.add(mail.id() + " for " + mail.to() + " lies in " + mailbox);
    }
    if (!Arrays.equals(mail.raw(), raw)) {
      faults.add(mail.id() + " differs: " + mail.raw().length + " sent, " + raw.length + " found");
    }
  }

  private static void count(
      Set<String> acknowledged, Map<String, Integer> copies, List<String> faults) {
    acknowledged.stream()
        .filter(id -> !copies.containsKey(id))
        .forEach(id -> faults.add(id + " was acknowledged and is lost"));
    copies.forEach(
        (id, count) -> {
          if (count > 1) {
            faults.add(id + " is there " + count + " times");
          }
        });
  }
}
