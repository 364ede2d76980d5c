package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.message.SmsFacts.Consent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentKeywordTest {
  @ParameterizedTest
  @CsvSource({
    "STOP,STOP",
    "stop,STOP",
    "Stop,STOP",
    "' \tstop\r\n ',STOP",
    "stopall,STOP",
    "Unsubscribe,STOP",
    "cancel,STOP",
    "end,STOP",
    "quit,STOP",
    "revoke,STOP",
    "OptOut,STOP",
    "start,START",
    "unstop,START",
    "help,HELP",
    "info,HELP",
  })
  void keywordShouldBeUnderstoodInAnyCase(String text, Consent consent) {
    assertThat(ConsentKeyword.of(text)).hasValue(consent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yes", "please stop", "stop it", "stop stop", "the end", "hel p", "S T O P"})
  void conversationShouldBeNoKeyword(String text) {
    assertThat(ConsentKeyword.of(text)).isEmpty();
  }
}
