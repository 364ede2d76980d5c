package io.tributary.mailbox;

import io.tributary.codecs.log.UnreadableEntryException;
import io.tributary.storage.LogId;
import io.tributary.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a log could not be read: logged once, here, and put in plain words for the caller. */
final class ReadFailure {
  private static final Logger LOG = LoggerFactory.getLogger(ReadFailure.class);

  private ReadFailure() {}

  static boolean passes(Throwable cause) {
    return cause instanceof StorageUnavailableException;
  }

  static String reason(LogId log, Throwable cause) {
    if (passes(cause)) {
      LOG.info("event=mailbox.read_failed user={} reason=\"{}\"", log.user(), cause.getMessage());
      return "storage unavailable";
    }
    if (cause instanceof UnreadableEntryException || cause instanceof BrokenLogException) {
      LOG.error(
          "event=mailbox.unavailable user={} generation={} problem=\"{}\"",
          log.user(),
          log.generation(),
          cause.getMessage());
      return "mailbox unavailable";
    }
    LOG.error("event=mailbox.read_error user={}", log.user(), cause);
    return "internal error";
  }
}
