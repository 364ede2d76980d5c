package io.tributary.codecs.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What client authors read is what there is. */
class ProtocolDocumentTest {
  private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

  @Test
  void clientFramesShouldBeThoseOfTheCodec() {
    assertThat(firstColumn("## Frames of the client")).isEqualTo(ClientFrames.types());
  }

  @Test
  void serverFramesShouldBeThoseOfTheCodec() {
    assertThat(firstColumn("## Frames of the server")).isEqualTo(ServerFrames.types());
  }

  @Test
  void errorsShouldBeThoseOfTheCodecAndSayWhetherToRetry() {
    Set<String> codes =
        Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).collect(Collectors.toSet());

    assertThat(firstColumn("## Errors")).isEqualTo(codes);
    assertThat(ErrorCode.values())
        .allSatisfy(
            code ->
                assertThat(section("## Errors"))
                    .contains("| `" + code.wireName() + "` | " + (code.retry() ? "yes" : "no")));
  }

  private static Set<String> firstColumn(String heading) {
    return FIRST_COLUMN
        .matcher(section(heading))
        .results()
        .map((MatchResult row) -> row.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String heading) {
    String document = document();
    int begin = document.indexOf(heading);
    assertThat(begin).as(heading).isPositive();
    int end = document.indexOf("\n## ", begin + 1);
    return document.substring(begin, end < 0 ? document.length() : end);
  }

  private static String document() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/chat-protocol.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no docs folder");
    }
    try {
      return Files.readString(folder.resolve("docs/chat-protocol.md"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
