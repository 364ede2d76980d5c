package io.tributary.simulation;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Thinks of letters: few people who write often, answer each other and forge at times. */
final class LetterWriting {
  private static final List<String> AUTHORS =
      List.of("ann@example.org", "cy@example.net", "user0@example.com", "dan@example.org");
  private static final List<String> LINES =
      List.of("hello", ".", "..", ".leading dot", "", "grüß dich", "x".repeat(200));
  private static final int MANY_LINES = 500;

  private final Chance chance;
  private final List<SimulatedUser> users;
  private final double keyless;
  private int written;

  LetterWriting(World world) {
    this.chance = world.chance();
    this.users = world.users();
    this.keyless = world.scale().keyless();
  }

  Letter next() {
    int number = written++;
    boolean keyed = !chance.happens(keyless);
    String author = chance.oneOf(AUTHORS);
    List<SimulatedUser> recipients = recipients();
    String raw = headers(number, author, recipients, keyed) + "\r\n" + body();
    return new Letter(
        number,
        author,
        recipients,
        Bytes.ofOwned(raw.getBytes(StandardCharsets.ISO_8859_1)),
        keyed);
  }

  private List<SimulatedUser> recipients() {
    List<SimulatedUser> recipients = new ArrayList<>(users);
    while (recipients.size() > 1 && chance.happens(0.7)) {
      recipients.remove(chance.between(0, recipients.size() - 1));
    }
    return recipients;
  }

  private String headers(int number, String author, List<SimulatedUser> recipients, boolean keyed) {
    StringBuilder headers = new StringBuilder("From: <" + author + ">\r\n");
    List<String> to =
        recipients.stream()
            .map(user -> chance.happens(0.3) ? user.alias().value() : user.address().value())
            .toList();
    headers.append("To: ").append(String.join(", ", to)).append("\r\n");
    if (chance.happens(0.3)) {
      headers.append("Cc: ").append(chance.oneOf(AUTHORS)).append("\r\n");
    }
    headers.append("Subject: letter-").append(number).append(". of ").append(author).append("\r\n");
    if (keyed) {
      headers.append("Message-ID: <").append(number).append("@example.org>\r\n");
    }
    if (number > 0 && chance.happens(0.4)) {
      int parent = chance.between(0, number - 1);
      headers.append("In-Reply-To: <").append(parent).append("@example.org>\r\n");
    }
    return headers.toString();
  }

  private String body() {
    int lines = chance.happens(0.03) ? MANY_LINES : chance.between(0, 6);
    StringBuilder body = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      body.append(chance.oneOf(LINES)).append("\r\n");
    }
    return body.toString();
  }
}
