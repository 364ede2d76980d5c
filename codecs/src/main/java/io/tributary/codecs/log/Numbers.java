package io.tributary.codecs.log;

import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Folder;
import java.util.Optional;
import java.util.function.Supplier;

/** The numbers by which records name things; one that this version lacks is a newer version's. */
final class Numbers {
  private Numbers() {}

  static Channel channel(int number) {
    return known(() -> Channel.ofNumber(number));
  }

  static ThreadReason reason(int number) {
    return known(() -> ThreadReason.ofNumber(number));
  }

  static int folder(Optional<Folder> folder) {
    return folder.map(Folder::number).orElse(0);
  }

  static Optional<Folder> folder(int number) {
    return number == 0 ? Optional.empty() : Optional.of(known(() -> Folder.ofNumber(number)));
  }

  static <T> T known(Supplier<T> lookup) {
    try {
      return lookup.get();
    } catch (IllegalArgumentException newer) {
      throw UnreadableEntryException.unknown(
          "entry has a value of a newer version: " + newer.getMessage());
    }
  }
}
