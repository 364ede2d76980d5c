package io.tributary.codecs.sms;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.References;
import io.tributary.codecs.message.SmsFacts;
import io.tributary.codecs.message.SmsFacts.Consent;
import java.util.List;
import java.util.Optional;

/**
 * An SMS or MMS as a provider hands it over.
 *
 * @param account the provider's own id of the account, if the body says it
 * @param id the provider's, 1 to 128 characters
 */
public record InboundSms(Optional<String> account, String id, Ends ends, Body body) {
  public static final int ID_CHARACTERS_MAX = 128;
  public static final int MEDIA_MAX = 10;

  /**
   * From whom to whom.
   *
   * @param name the sender's, as it wants to be shown; empty if it has a number
   */
  public record Ends(Address from, String name, Address to) {
    /**
     * Reads both.
     *
     * @throws BadPayloadException naming the field
     */
    public static Ends of(Field from, Field to) {
      Address sender = SmsAddress.sender(from.name(), from.value());
      return new Ends(
          sender,
          SmsAddress.isName(sender) ? from.value().strip() : "",
          SmsAddress.recipient(to.name(), to.value()));
    }
  }

  /** A value as it was written, and what the provider calls it. */
  public record Field(String name, String value) {}

  /**
   * What it says.
   *
   * @param text as it came
   * @param segments if the provider counted
   * @param consent if the provider says so; else the text tells
   * @param media at most {@link #MEDIA_MAX}
   */
  public record Body(
      String text, Optional<Integer> segments, Optional<Consent> consent, List<Part> media) {
    public Body {
      media = List.copyOf(media);
    }
  }

  /**
   * The message's content; halves of surrogate pairs become U+FFFD.
   *
   * @param proved whether it is known to be from its sender; otherwise it may stop, but not start
   */
  public Content content(boolean proved) {
    int segments =
        body.segments().filter(counted -> counted > 0).orElseGet(() -> SmsSegments.of(body.text()));
    Optional<Consent> consent =
        body.consent()
            .or(() -> ConsentKeyword.of(body.text()))
            .filter(asked -> proved || asked != Consent.START);
    return new Content(
        "",
        SmsText.cleaned(body.text()),
        body.media(),
        Bytes.EMPTY,
        References.NONE,
        Optional.of(new SmsFacts(segments, consent)));
  }
}
