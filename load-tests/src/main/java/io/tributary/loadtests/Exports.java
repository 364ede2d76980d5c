package io.tributary.loadtests;

import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders of exported mail as the audit wants them: one file a mail, compared byte for byte. */
final class Exports {
  private static final Pattern MESSAGE_ID =
      Pattern.compile("\\AMessage-ID: <([^@>]+)@elsewhere\\.example>\r\n");

  private Exports() {}

  /**
   * @param folders one for each mailbox, named by its mail address
   */
  static Stream<Sighting> sightings(Map<String, Path> folders) {
    return folders.entrySet().stream()
        .flatMap(box -> files(box.getValue()).map(file -> sighting(box.getKey(), file)));
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.list(folder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Sighting sighting(String mailbox, Path file) {
    try {
      byte[] raw = Files.readAllBytes(file);
      Matcher matcher = MESSAGE_ID.matcher(new String(raw, StandardCharsets.ISO_8859_1));
      Optional<String> id = matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
      return new Sighting(mailbox, id, Digests.of(raw));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
