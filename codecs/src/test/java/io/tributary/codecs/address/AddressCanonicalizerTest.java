package io.tributary.codecs.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCanonicalizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "bob@example.com|bob@example.com",
        "  Bob@EXAMPLE.com |bob@example.com",
        "bob@example.com.|bob@example.com",
        "bob+tag@example.com|bob+tag@example.com",
        "\"bob\"@example.com|bob@example.com",
        "\"b\\ob\"@example.com|bob@example.com",
        "\"Bob Smith\"@example.com|\"bob smith\"@example.com",
        "\"a@b\"@example.com|\"a@b\"@example.com",
        "\"a\\\"b\\\\c\"@example.com|\"a\\\"b\\\\c\"@example.com",
        "\"\"@example.com|\"\"@example.com",
        "a..b@example.com|\"a..b\"@example.com",
        "\"a..b\"@example.com|\"a..b\"@example.com",
        "bob@bücher.example|bob@xn--bcher-kva.example",
        "bob@BÜCHER.example|bob@xn--bcher-kva.example",
        "bob@xn--bcher-kva.example|bob@xn--bcher-kva.example",
        "bob@例え。テスト|bob@xn--r8jz45g.xn--zckzah",
        "bob@localhost|bob@localhost",
        "bob@[192.0.2.1]|bob@[192.0.2.1]",
        "bob@[IPv6:2001:DB8:0:0:0:0:0:1]|bob@[ipv6:2001:db8::1]",
      })
  void emailShouldHaveOneForm(String written, String canonical) {
    assertThat(AddressCanonicalizer.email(written))
        .isEqualTo(new Address(AddressKind.EMAIL, canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "bob",
        "bob@",
        "@example.com",
        "bob smith@example.com",
        "bob@exa mple.com",
        "bob@example..com",
        "bob@.example.com",
        "bob@example.com..",
        "bob@-example.com",
        "bob@under_score.example",
        "bob@@example.com",
        "b(comment)ob@example.com",
        "<bob@example.com>",
        "bøb@example.com",
        "bob@straße.example",
        "bob\n@example.com",
        "bob@exam\u0000ple.com",
        "\"bob@example.com",
        "\"bob\\\"@example.com",
        "\"@example.com",
        "\"b\"ob\"@example.com",
        "bob@[example]",
        "bob@[192.0.2.1",
        "bob@[192.0.2.256]",
        "bob@[IPv6:fe80::1%eth0]",
        "bob@[IPv6:]",
      })
  void emailShouldRefuseWhatIsNone(String written) {
    assertThatThrownBy(() -> AddressCanonicalizer.email(written))
        .isInstanceOf(InvalidAddressException.class);
  }

  @Test
  void emailShouldRefuseWhatIsTooLong() {
    assertThatThrownBy(() -> AddressCanonicalizer.email("a".repeat(310) + "@example.com"))
        .isInstanceOf(InvalidAddressException.class);
    assertThatThrownBy(() -> AddressCanonicalizer.email("a@" + "a.".repeat(130) + "com"))
        .isInstanceOf(InvalidAddressException.class);
    assertThatThrownBy(() -> AddressCanonicalizer.email("a@" + "a".repeat(1_000_000)))
        .isInstanceOf(InvalidAddressException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "+12025550101,+12025550101",
    "+1 (202) 555-0101,+12025550101",
    "+1.202.555.0101,+12025550101",
    "+44\u00a020 7946\u20110958,+442079460958",
  })
  void phoneShouldHaveOneForm(String written, String canonical) {
    assertThat(AddressCanonicalizer.phone(written))
        .isEqualTo(new Address(AddressKind.SMS, canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "12025550101",
        "0012025550101",
        "+0123456789",
        "+123456",
        "+1234567890123456",
        "+44 (0)20 7946 0958",
        "+1202555010x",
        "++12025550101",
        "+12025550101 ext 5",
        "+１２０２５５５０１０１",
      })
  void phoneShouldRefuseWhatIsNone(String written) {
    assertThatThrownBy(() -> AddressCanonicalizer.phone(written))
        .isInstanceOf(InvalidAddressException.class);
  }

  @Test
  void phoneShouldAgreeWithLibphonenumber() throws Exception {
    PhoneNumberUtil oracle = PhoneNumberUtil.getInstance();
    for (String region : oracle.getSupportedRegions()) {
      var example = oracle.getExampleNumber(region);
      String shown = oracle.format(example, PhoneNumberFormat.INTERNATIONAL);
      assertThat(AddressCanonicalizer.phone(shown).value())
          .as(region)
          .isEqualTo(oracle.format(example, PhoneNumberFormat.E164));
    }
  }

  @Test
  void chatShouldLowerNamesAndRefuseOthers() {
    assertThat(AddressCanonicalizer.chat("Bob.Smith_2-x").value()).isEqualTo("bob.smith_2-x");
    for (String wrong : List.of("", ".bob", "b ob", "bob@x", "ｂob", "İ", "b".repeat(65))) {
      assertThatThrownBy(() -> AddressCanonicalizer.chat(wrong))
          .isInstanceOf(InvalidAddressException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "email:Bob@Example.com,email:bob@example.com",
    "EMAIL:bob@example.com,email:bob@example.com",
    "bob@example.com,email:bob@example.com",
    "sms:+1 202 555 0101,sms:+12025550101",
    "+12025550101,sms:+12025550101",
    "chat:Bob,chat:bob",
    "bob,chat:bob",
  })
  void anyShouldTellKindsApart(String written, String canonical) {
    assertThat(AddressCanonicalizer.any(written)).hasToString(canonical);
  }

  @Property
  void canonicalizingTwiceShouldChangeNothing(@ForAll("nearlyAddresses") String written) {
    Address once;
    try {
      once = AddressCanonicalizer.any(written);
    } catch (InvalidAddressException none) {
      return;
    }
    assertThat(AddressCanonicalizer.any(once.toString())).isEqualTo(once);
    assertThat(AddressCanonicalizer.any(once.value())).isEqualTo(once);
    assertThat(Address.parse(once.toString())).isEqualTo(once);
  }

  @Property
  void nothingElseShouldBeThrown(@ForAll String written) {
    canonicalizingTwiceShouldChangeNothing(written);
    canonicalizingTwiceShouldChangeNothing("bob@" + written);
    canonicalizingTwiceShouldChangeNothing("+" + written);
  }

  /** Made of the pieces that matter, so that a good part of them are addresses. */
  @Provide
  Arbitrary<String> nearlyAddresses() {
    return Arbitraries.of(
            "bob",
            "B",
            "@",
            "@example.com",
            "Example",
            ".",
            ".com",
            "\"",
            "\\",
            " ",
            "ü",
            "ß",
            "İ",
            "K",
            "。",
            "xn--",
            "[",
            "]",
            "[192.0.2.1]",
            "[IPv6:",
            "::1",
            "+",
            "+1202",
            "5550101",
            "(",
            ")",
            "-",
            "email:",
            "sms:",
            "chat:",
            "\u0000",
            "\ud800",
            "_",
            "٣",
            "\u00ad")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }
}
