package io.tributary.codecs.sms;

import java.util.Optional;
import java.util.regex.Pattern;

/** The named values of a body, whatever its format. */
public interface Fields {
  Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  /** The value, if there is one; halves of surrogate pairs are as they came. */
  Optional<String> text(String name);

  /** The value, which must not be empty. */
  default String required(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new BadPayloadException(name, "is needed"));
  }

  /** A whole number from 0, if it is there and not empty. */
  default Optional<Integer> count(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .map(
            value -> {
              if (!COUNT.matcher(value).matches()) {
                throw new BadPayloadException(name, "a whole number from 0 to 999999999");
              }
              return Integer.valueOf(value);
            });
  }
}
