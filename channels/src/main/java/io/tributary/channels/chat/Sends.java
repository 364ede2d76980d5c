package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.Conversations.Outcome;
import io.tributary.channels.Conversations.Submission;
import io.tributary.channels.chat.ChatObserver.Settlement;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session sends. Sends to the same people go one after the other, so that they stand in the
 * log in the order in which they were written. A send is answered in its place among the events;
 * one whose place was passed before is answered at once.
 */
final class Sends {
  private static final Logger LOG = LoggerFactory.getLogger(Sends.class);

  private static final int TO_MAX = 1_000;
  private static final int ADDRESS_BYTES = 100;

  private final ChatHost host;
  private final Member member;
  private final Outlet outlet;
  private final Consumer<Position> committed;
  private final Map<Object, Deque<Pending>> lines = new HashMap<>();
  private final List<Pending> pendings = new ArrayList<>();
  private Position told = Position.START;
  private Runnable whenAnswered = () -> {};

  /** One send. */
  private static final class Pending {
    private final Submission submission;
    private Optional<Position> position = Optional.empty();
    private boolean answered;
    private boolean asked;

    Pending(Submission submission) {
      this.submission = submission;
    }

    String id() {
      return submission.client().id();
    }

    Object line() {
      return submission.thread().isPresent() ? submission.thread().get() : submission.to();
    }

    /** Of memory, about. */
    long bytes() {
      return submission.text().length()
          + submission.subject().length()
          + (long) ADDRESS_BYTES * submission.to().size();
    }
  }

  /**
   * @param committed told the position of what was done, which will come among the events
   */
  Sends(ChatHost host, Member member, Outlet outlet, Consumer<Position> committed) {
    this.host = host;
    this.member = member;
    this.outlet = outlet;
    this.committed = committed;
  }

  void send(ClientFrame.Send frame) {
    host.observer().sendAccepted();
    if (pendings.size() >= host.settings().limits().requestsMax()) {
      String reason = "at most " + host.settings().limits().requestsMax() + " sends at once";
      refuse(ErrorCode.BUSY, reason, frame.id(), Settlement.RETRIED);
      return;
    }
    try {
      queue(new Pending(submission(frame)));
    } catch (InvalidAddressException wrong) {
      refuse(ErrorCode.INVALID, "to: " + wrong.getMessage(), frame.id(), Settlement.REFUSED);
    }
  }

  private Submission submission(ClientFrame.Send frame) {
    if (frame.thread().isEmpty() && (frame.to().isEmpty() || frame.to().size() > TO_MAX)) {
      throw new InvalidAddressException(
          "1 to " + TO_MAX + " addresses are needed, not " + frame.to().size());
    }
    List<Address> to = frame.to().stream().map(AddressCanonicalizer::any).toList();
    ClientId client = new ClientId(member.device(), frame.id());
    return new Submission(client, frame.thread(), to, frame.subject(), frame.text());
  }

  private void refuse(ErrorCode code, String reason, String id, Settlement settlement) {
    host.observer().sendSettled(settlement);
    outlet.error(code, reason, Optional.of(id));
    host.observer().errorTold(code);
  }

  private void queue(Pending pending) {
    if (!host.gate().takeSend(pending.bytes())) {
      refuse(ErrorCode.BUSY, "too much is being sent", pending.id(), Settlement.RETRIED);
      return;
    }
    pendings.add(pending);
    Deque<Pending> line = lines.computeIfAbsent(pending.line(), unused -> new ArrayDeque<>(1));
    line.add(pending);
    if (line.size() == 1) {
      start(pending);
    }
  }

  private void start(Pending pending) {
    Single<Outcome> outcome = host.ports().conversations().send(member.user(), pending.submission);
    Disposable unused =
        Ports.bounded(host, outcome, new Outcome.Retry("no answer in time"))
            .subscribe(answer -> came(pending, answer), error -> broken(pending, error));
  }

  private void broken(Pending pending, Throwable error) {
    LOG.error("event=chat.send_broken user={}", member.user(), error);
    came(pending, new Outcome.Retry("error of the server"));
  }

  private void came(Pending pending, Outcome outcome) {
    host.gate().giveBackSend(pending.bytes());
    next(pending.line());
    if (outcome instanceof Outcome.Done done) {
      host.observer().sendSettled(done.repeated() ? Settlement.REPEATED : Settlement.DONE);
      done(pending, done);
    } else {
      pendings.remove(pending);
      if (outcome instanceof Outcome.Refused refused) {
        refuse(code(refused), refused.reason(), pending.id(), Settlement.REFUSED);
      } else if (outcome instanceof Outcome.Retry retry) {
        refuse(ErrorCode.UNAVAILABLE, retry.reason(), pending.id(), Settlement.RETRIED);
      }
      checkAnswered();
    }
  }

  private void next(Object key) {
    Deque<Pending> line = lines.get(key);
    if (line == null) {
      return;
    }
    line.remove();
    if (line.isEmpty()) {
      lines.remove(key);
    } else {
      start(line.element());
    }
  }

  private static ErrorCode code(Outcome.Refused refused) {
    return switch (refused.code()) {
      case ID_REUSED -> ErrorCode.ID_REUSED;
      case UNKNOWN_RECIPIENT -> ErrorCode.UNKNOWN_RECIPIENT;
      case NO_SUCH_THREAD -> ErrorCode.NO_SUCH_THREAD;
      case INVALID -> ErrorCode.INVALID;
    };
  }

  private void done(Pending pending, Outcome.Done done) {
    if (pending.answered) {
      pendings.remove(pending);
      checkAnswered();
    } else if (done.message().isPresent() && done.position().compareTo(told) <= 0) {
      answer(pending, done);
    } else {
      pending.position = Optional.of(done.position());
      if (done.position().compareTo(told) <= 0) {
        askForMessage(pending);
      } else {
        committed.accept(done.position());
      }
    }
  }

  /** It stood where nothing was told, in a gap: repeated, it is answered with what it made. */
  private void askForMessage(Pending pending) {
    pending.asked = true;
    Disposable unused =
        Ports.bounded(
                host,
                host.ports().conversations().send(member.user(), pending.submission),
                new Outcome.Retry("no answer in time"))
            .subscribe(answer -> messageCame(pending, answer), error -> noMessage(pending, error));
  }

  private void messageCame(Pending pending, Outcome outcome) {
    if (outcome instanceof Outcome.Done done && done.message().isPresent()) {
      answer(pending, done);
    } else {
      outlet.error(
          ErrorCode.UNAVAILABLE, "sent, but not now to be shown", Optional.of(pending.id()));
      host.observer().errorTold(ErrorCode.UNAVAILABLE);
      remove(pending);
    }
  }

  private void noMessage(Pending pending, Throwable error) {
    LOG.error("event=chat.send_broken user={}", member.user(), error);
    messageCame(pending, new Outcome.Retry("error of the server"));
  }

  private void answer(Pending pending, Outcome.Done done) {
    outlet.write(new ServerFrame.Sent(pending.id(), done.position(), done.message()));
    remove(pending);
  }

  private void remove(Pending pending) {
    pendings.remove(pending);
    checkAnswered();
  }

  /** A message of this device takes its place among the events. */
  void happened(MessageView message, String id) {
    told = message.position();
    outlet.write(new ServerFrame.Sent(id, message.position(), Optional.of(message)));
    for (Pending pending : pendings) {
      if (pending.id().equals(id)) {
        pending.answered = true;
      }
    }
    pendings.removeIf(pending -> pending.answered && pending.position.isPresent());
    checkAnswered();
  }

  /** Everything up to here was told, or never will be. */
  void passed(Position upTo) {
    told = upTo;
    List.copyOf(pendings).stream()
        .filter(pending -> !pending.asked)
        .filter(pending -> pending.position.filter(at -> at.compareTo(upTo) <= 0).isPresent())
        .forEach(this::askForMessage);
    checkAnswered();
  }

  /** Calls once everything is answered; at once if it is. */
  void whenAnswered(Runnable then) {
    whenAnswered = then;
    checkAnswered();
  }

  private void checkAnswered() {
    if (pendings.isEmpty()) {
      Runnable then = whenAnswered;
      whenAnswered = () -> {};
      then.run();
    }
  }
}
