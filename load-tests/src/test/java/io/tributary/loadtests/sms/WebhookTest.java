package io.tributary.loadtests.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WebhookTest {
  private static final URI PUBLIC = URI.create("https://sms.example.com");

  /** The example of Twilio's documentation. */
  @Test
  void signatureShouldBeTwilios() {
    TreeMap<String, String> form =
        new TreeMap<>(
            Map.of(
                "CallSid", "CA1234567890ABCDE",
                "Caller", "+14158675309",
                "Digits", "1234",
                "From", "+14158675309",
                "To", "+18005551212"));

    assertThat(Webhook.signature("https://mycompany.com/myapp.php?foo=1&bar=2", form, "12345"))
        .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  }

  @Test
  void theSameMessageShouldBeTheSameRequest() {
    Webhook once = webhook("r-1");

    assertThat(webhook("r-1")).isEqualTo(once);
    assertThat(webhook("r-2").body()).isNotEqualTo(once.body());
    assertThat(once.path()).isEqualTo("/sms/twilio/ACdemo");
    assertThat(once.body())
        .contains("AccountSid=ACdemo", "To=%2B12025550101", "Body=hi+%26+bye")
        .containsPattern("MessageSid=SM[0-9a-f]{32}(&|$)");
  }

  private static Webhook webhook(String id) {
    IncomingSms sms = IncomingSms.to("+12025550101", id, 7, "hi & bye");
    return Webhook.of(sms, PUBLIC, "ACdemo", "secret");
  }
}
