package io.tributary.channels.sms;

import io.tributary.codecs.message.Bytes;
import java.util.Optional;
import java.util.function.Function;

/**
 * A webhook's request, whole.
 *
 * @param url as the provider called it: {@code sms.publicUrl}, then path and query, undecoded
 * @param mediaType of the body, in lower case, without parameters
 * @param headers by name, without regard to case
 */
public record SmsRequest(
    String url, String mediaType, Function<String, Optional<String>> headers, Bytes body) {

  Optional<String> header(String name) {
    return headers.apply(name);
  }

  boolean isForm() {
    return mediaType.equals("application/x-www-form-urlencoded");
  }
}
