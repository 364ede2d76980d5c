package io.tributary.codecs.sms;

import io.tributary.codecs.mail.PlainText;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Part;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Bounds and forms of what stands in a payload. */
public final class SmsText {
  private static final int URL_CHARACTERS_MAX = 2_048;
  private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2040}");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}");
  private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private SmsText() {}

  /**
   * A provider's name for a message.
   *
   * @throws BadPayloadException naming the field
   */
  public static String id(Fields fields, String field) {
    String id = fields.required(field);
    if (!ID.matcher(id).matches()) {
      throw new BadPayloadException(field, "1 to 128 visible ASCII characters");
    }
    return id;
  }

  /**
   * The text, as it came; empty if there is none.
   *
   * @throws BadPayloadException naming the field
   */
  public static String text(Fields fields, String field) {
    String text = fields.text(field).orElse("");
    if (text.getBytes(StandardCharsets.UTF_8).length > Content.TEXT_BYTES_MAX) {
      throw new BadPayloadException(field, "at most " + Content.TEXT_BYTES_MAX + " bytes of UTF-8");
    }
    return text;
  }

  /**
   * Something to be fetched.
   *
   * @throws BadPayloadException naming the field
   */
  public static Part media(String field, String url, String contentType, String name) {
    if (url.length() > URL_CHARACTERS_MAX || !URL.matcher(url).matches()) {
      throw new BadPayloadException(field, "an http or https URL of at most 2048 characters");
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    String known = MEDIA_TYPE.matcher(type).matches() ? type : UNKNOWN_TYPE;
    return new Part(PlainText.line(name, 255), known, 0, url);
  }

  /** Without controls and halves of surrogate pairs. */
  static String cleaned(String text) {
    return PlainText.lines(text, Content.TEXT_BYTES_MAX);
  }
}
