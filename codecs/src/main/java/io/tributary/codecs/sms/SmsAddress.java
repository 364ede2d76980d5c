package io.tributary.codecs.sms;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.address.InvalidAddressException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The two ends of an SMS as addresses of kind {@code sms}. Three forms, told apart by how they
 * begin and what they hold:
 *
 * <pre>
 * sms:+12025550102  a telephone number (E.164), of which users here may have some
 * sms:12345         a short code: 3 to 8 digits, no +
 * sms:acme bank     a sender's name: 1 to 11 characters, with a letter, in lower case
 *                   (TS 23.040 section 9.1.2.5); anyone may use any, so it proves nothing
 * </pre>
 */
public final class SmsAddress {
  private static final Pattern SHORT_CODE = Pattern.compile("[0-9]{3,8}");
  private static final Pattern NAME =
      Pattern.compile("(?=.*\\p{L})[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} &'!?*#+._-]{0,10}");

  private SmsAddress() {}

  /**
   * Who an SMS is from.
   *
   * @throws BadPayloadException naming the field
   */
  public static Address sender(String field, String written) {
    String stripped = written.strip();
    if (NAME.matcher(stripped).matches()) {
      return new Address(AddressKind.SMS, stripped.toLowerCase(Locale.ROOT));
    }
    return number(field, stripped, "a number as +12025550102, a short code, or a sender's name");
  }

  /**
   * Whom an SMS is for.
   *
   * @throws BadPayloadException naming the field
   */
  public static Address recipient(String field, String written) {
    return number(field, written.strip(), "a number as +12025550102, or a short code");
  }

  /** Whether it is a sender's name, which nobody vouches for. */
  public static boolean isName(Address address) {
    return address.value().charAt(0) != '+' && !SHORT_CODE.matcher(address.value()).matches();
  }

  private static Address number(String field, String written, String allowed) {
    if (SHORT_CODE.matcher(written).matches()) {
      return new Address(AddressKind.SMS, written);
    }
    try {
      return AddressCanonicalizer.phone(written);
    } catch (InvalidAddressException invalid) {
      throw new BadPayloadException(field, allowed);
    }
  }
}
