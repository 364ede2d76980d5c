package io.tributary.channels.chat;

import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.Conversations.Outcome;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a session's user has read. One mark of a thread is under way at a time; of those that
 * come meanwhile only the farthest counts.
 */
final class ReadMarks {
  private static final Logger LOG = LoggerFactory.getLogger(ReadMarks.class);

  private final ChatHost host;
  private final Member member;
  private final Outlet outlet;
  private final Consumer<Position> committed;

  /** Under way; the value is the farthest that was asked for. */
  private final Map<MessageId, Position> wanted = new HashMap<>();

  /**
   * @param committed told the position of what was done, which will come among the events
   */
  ReadMarks(ChatHost host, Member member, Outlet outlet, Consumer<Position> committed) {
    this.host = host;
    this.member = member;
    this.outlet = outlet;
    this.committed = committed;
  }

  void read(MessageId thread, Position upTo) {
    Position before = wanted.get(thread);
    if (before != null) {
      wanted.put(thread, before.compareTo(upTo) >= 0 ? before : upTo);
    } else if (wanted.size() >= host.settings().limits().requestsMax()) {
      tell(ErrorCode.BUSY, "at most " + host.settings().limits().requestsMax() + " reads at once");
    } else {
      wanted.put(thread, upTo);
      mark(thread, upTo);
    }
  }

  private void mark(MessageId thread, Position upTo) {
    Disposable unused =
        Ports.bounded(
                host,
                host.ports().conversations().markRead(member.user(), thread, upTo),
                new Outcome.Retry("no answer in time"))
            .subscribe(
                outcome -> came(thread, upTo, outcome),
                error -> {
                  LOG.error("event=chat.read_broken user={}", member.user(), error);
                  came(thread, upTo, new Outcome.Retry("error of the server"));
                });
  }

  private void came(MessageId thread, Position upTo, Outcome outcome) {
    Position farthest = wanted.remove(thread);
    if (outcome instanceof Outcome.Done done) {
      committed.accept(done.position());
      if (farthest != null && farthest.compareTo(upTo) > 0) {
        read(thread, farthest);
      }
    } else if (outcome instanceof Outcome.Refused refused) {
      ErrorCode code =
          refused.code() == io.tributary.channels.Conversations.Code.NO_SUCH_THREAD
              ? ErrorCode.NO_SUCH_THREAD
              : ErrorCode.INVALID;
      tell(code, refused.reason());
    } else if (outcome instanceof Outcome.Retry retry) {
      tell(ErrorCode.UNAVAILABLE, "read: " + retry.reason());
    }
  }

  private void tell(ErrorCode code, String reason) {
    outlet.error(code, reason, Optional.empty());
    host.observer().errorTold(code);
  }
}
