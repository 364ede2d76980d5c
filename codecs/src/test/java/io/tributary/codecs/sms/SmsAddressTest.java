package io.tributary.codecs.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.address.Address;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsAddressTest {
  @ParameterizedTest
  @CsvSource({
    "+12025550102,sms:+12025550102,false",
    "+1 (202) 555-0102,sms:+12025550102,false",
    "12345,sms:12345,false",
    "911,sms:911,false",
    "12345678,sms:12345678,false",
    "Acme,sms:acme,true",
    "ACME Bank 24,,",
    "Acme Bank 2,sms:acme bank 2,true",
    "3M,sms:3m,true",
    "Ärzte,sms:ärzte,true",
  })
  void senderShouldBeANumberAShortCodeOrAName(String written, String canonical, Boolean name) {
    if (canonical == null) {
      assertThatThrownBy(() -> SmsAddress.sender("From", written))
          .isInstanceOf(BadPayloadException.class);
      return;
    }
    Address address = SmsAddress.sender("From", written);
    assertThat(address).hasToString(canonical);
    assertThat(SmsAddress.isName(address)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "+1",
        "+0123456789",
        "+1234567890123456",
        "12",
        "123456789",
        "whatsapp:+12025550102",
        "a\nb",
        "a@b",
        "\ud83d",
        "😀"
      })
  void malformedSenderShouldBeNamed(String written) {
    assertThatThrownBy(() -> SmsAddress.sender("From", written))
        .isInstanceOfSatisfying(
            BadPayloadException.class, bad -> assertThat(bad.field()).isEqualTo("From"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Acme", "+1", "123456789"})
  void recipientShouldBeANumberOrAShortCode(String written) {
    assertThat(SmsAddress.recipient("To", "12345")).hasToString("sms:12345");
    assertThatThrownBy(() -> SmsAddress.recipient("To", written))
        .isInstanceOf(BadPayloadException.class)
        .hasMessageStartingWith("To: a number");
  }

  @Property
  void anySenderShouldBeAnAddressThatIsItselfOrNamed(@ForAll String written) {
    try {
      Address address = SmsAddress.sender("From", written);
      assertThat(SmsAddress.sender("From", address.value())).isEqualTo(address);
    } catch (BadPayloadException refused) {
      assertThat(refused.field()).isEqualTo("From");
    }
  }
}
