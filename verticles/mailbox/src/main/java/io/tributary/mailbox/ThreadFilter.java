package io.tributary.mailbox;

import io.tributary.codecs.message.Folder;
import java.util.Optional;

/**
 * Which threads a listing shows.
 *
 * @param folder empty: all but {@link Folder#JUNK}
 */
public record ThreadFilter(Optional<Folder> folder, Optional<String> flag, boolean unreadOnly) {
  public static final ThreadFilter ALL =
      new ThreadFilter(Optional.empty(), Optional.empty(), false);
}
