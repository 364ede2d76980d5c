package io.tributary.codecs.address;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stands behind the @ (RFC 5321 sections 4.1.2 and 4.1.3): a domain name, or an IP address in
 * square brackets. A domain is written in A-labels (RFC 5890), lower case, without a final dot.
 */
final class MailDomain {
  private static final int NAME_CHARACTERS_MAX = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final String IPV6_TAG = "ipv6:";

  /** IDNA 2003 and 2008 disagree on these: the two standards name different domains. */
  private static final Pattern DEVIATING = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

  private MailDomain() {}

  static String canonical(String written) {
    return written.startsWith("[") ? literal(written) : name(written);
  }

  private static String name(String written) {
    String ascii = Ascii.lower(ascii(written));
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    if (name.length() > NAME_CHARACTERS_MAX) {
      throw new InvalidAddressException("a domain has at most 253 characters");
    }
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        throw new InvalidAddressException(
            "a domain's labels are 1 to 63 letters, digits and inner hyphens");
      }
    }
    return name;
  }

  private static String ascii(String written) {
    if (written.chars().allMatch(c -> c < 0x80)) {
      return written;
    }
    if (DEVIATING.matcher(written).find()) {
      throw new InvalidAddressException(
          "this international domain can be read in two ways: write it in its xn-- form");
    }
    try {
      return IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES);
    } catch (RuntimeException notConvertible) {
      throw new InvalidAddressException("this international domain has no xn-- form");
    }
  }

  private static String literal(String written) {
    if (!written.endsWith("]")) {
      throw new InvalidAddressException("an address literal ends with ]");
    }
    String inside = written.substring(1, written.length() - 1).toLowerCase(Locale.ROOT);
    if (inside.startsWith(IPV6_TAG) && isIpv6(inside.substring(IPV6_TAG.length()))) {
      byte[] octets =
          NetUtil.createByteArrayFromIpAddressString(inside.substring(IPV6_TAG.length()));
      return "[" + IPV6_TAG + NetUtil.bytesToIpAddress(octets) + "]";
    }
    if (NetUtil.isValidIpV4Address(inside)) {
      byte[] octets = NetUtil.createByteArrayFromIpAddressString(inside);
      return "[" + NetUtil.bytesToIpAddress(octets) + "]";
    }
    throw new InvalidAddressException("an address literal is [192.0.2.1] or [IPv6:2001:db8::1]");
  }

  private static boolean isIpv6(String text) {
    return text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)
        && NetUtil.isValidIpV6Address(text);
  }
}
