package io.tributary.codecs.log;

import com.google.protobuf.MessageOrBuilder;
import io.tributary.codecs.log.Action.ThreadReason;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Folder;
import java.util.Optional;
import java.util.function.Supplier;

/** What records say that this version may lack: then a newer version wrote them. */
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

  /** The record, if all of it is known here. What it holds is not looked into. */
  static <R extends MessageOrBuilder> R whole(R written) {
    if (!written.getUnknownFields().isEmpty()) {
      throw UnreadableEntryException.unknown(
          "entry has a field of a newer version in " + written.getDescriptorForType().getName());
    }
    return written;
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
