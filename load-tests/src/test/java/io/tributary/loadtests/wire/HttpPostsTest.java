package io.tributary.loadtests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpPostsTest {
  private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\ndate: today\r\n\r\n";
  private static final String AWAY =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 5\r\n\r\nlater";

  private final HttpPosts.Answers answers = new HttpPosts.Answers();
  private final EmbeddedChannel channel = new EmbeddedChannel(answers);
  private final List<Integer> statuses = new ArrayList<>();

  @Test
  void answersShouldBeTheSameForEverySplit() {
    String both = AWAY + NO_CONTENT;
    for (int split = 0; split <= both.length(); split++) {
      statuses.clear();
      expect();
      read(both.substring(0, split));
      read(both.substring(split));
      assertThat(statuses).as("split at " + split).containsExactly(503, 204);
    }
  }

  @Test
  void aRequestWithoutAnAnswerShouldBeLostWithItsConnection() {
    expect();
    read(NO_CONTENT.substring(0, 20));

    channel.close();

    assertThat(statuses).containsExactly(HttpPosts.LOST);
  }

  @Test
  void anEndlessHeadShouldEndTheConnection() {
    expect();

    read("HTTP/1.1 204 " + "x".repeat(20_000));

    assertThat(channel.isOpen()).isFalse();
    assertThat(statuses).containsExactly(HttpPosts.LOST);
  }

  /** One answer, and then the next. */
  private void expect() {
    answers.expect(
        status -> {
          statuses.add(status);
          answers.expect(statuses::add);
        });
  }

  private void read(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }
}
