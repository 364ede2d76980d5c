package io.tributary.channels.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpSettingsTest {
  private static final Address POSTMASTER = Address.parse("chat:operator");

  @Test
  void localDomainsShouldBeCanonical() {
    SmtpSettings settings = settings("Example.COM.", "b\u00fccher.example", "example.com");
    assertThat(settings.localDomains()).containsExactly("example.com", "xn--bcher-kva.example");
    assertThat(settings.isLocal(AddressCanonicalizer.email("bob@B\u00dcCHER.example"))).isTrue();
    assertThat(settings.isLocal(AddressCanonicalizer.email("bob@example.org"))).isFalse();
    assertThat(settings.isLocal(AddressCanonicalizer.email("\"bob@example.com\"@else.example")))
        .isFalse();
    assertThat(settings.isLocal(POSTMASTER)).isFalse();
  }

  @Test
  void wrongSettingsShouldBeRefused() {
    assertThatThrownBy(() -> settings()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("no domain")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("a@b")).isInstanceOf(IllegalArgumentException.class);
  }

  private static SmtpSettings settings(String... domains) {
    return new SmtpSettings("mx.example.com", List.of(domains), POSTMASTER, SmtpLimits.DEFAULT);
  }
}
