package io.tributary.mailbox;

import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Action.OfMessage;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.MessagePayload;
import io.tributary.codecs.message.Position;
import io.tributary.mailbox.People.Person;
import java.util.List;
import java.util.Optional;

/** A recorded message takes its place in the fold. */
record Arriving(
    MailboxState state, Position position, OfMessage message, Optional<MessagePayload> payload) {

  void place() {
    List<Person> people =
        payload.map(content -> Participants.of(message, content, state::isOther)).orElse(List.of());
    Threads threads = state.threads();
    ThreadState thread =
        message.thread().isPresent() ? threads.existing(message.thread().get()) : begin(people);
    boolean own = message instanceof Action.Sent;
    int ordinal = state.messages().count();
    state
        .messages()
        .add(position, thread.ordinal(), own, payload.map(Arriving::shownBytes).orElse(0L));
    threads.change(
        thread,
        () -> {
          thread.add(ordinal, position, message.millis(), payload);
          people.forEach(thread::join);
          message.placing().folder().ifPresent(thread::moveTo);
          thread.countUnread(own ? 0 : 1);
        });
    if (message instanceof Action.Delivered delivered) {
      note(delivered, thread, people);
    } else if (message instanceof Action.Sent sent) {
      state.outstanding().add(position, sent.recipients(), state.user());
    }
  }

  private void note(Action.Delivered delivered, ThreadState thread, List<Person> people) {
    delivered.mail().messageId().ifPresent(id -> state.threads().nameMessage(id, thread));
    delivered.origin().ifPresent(origin -> state.copies().add(origin, position));
    delivered
        .consent()
        .ifPresent(asked -> state.texts().note(delivered.arrival().resolvedBy(), asked));
    payload.ifPresent(content -> noteAuthor(thread, content, people));
  }

  private static void noteAuthor(ThreadState thread, MessagePayload payload, List<Person> people) {
    people.stream()
        .filter(person -> person.address().equals(payload.from()) && person.user().isEmpty())
        .forEach(person -> thread.wrote(person.address(), payload.fromName()));
  }

  private ThreadState begin(List<Person> people) {
    String subject = payload.map(MessagePayload::subject).orElse("");
    return state
        .threads()
        .begin(
            position, message.placing().people(), subject, Participants.beginning(message, people));
  }

  private static long shownBytes(MessagePayload payload) {
    return EntryCodec.payloadBytesMax(payload) - payload.raw().length();
  }
}
