package io.tributary.mailbox;

import io.tributary.codecs.log.Action.Deletion;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.log.Action.Modified;
import io.tributary.codecs.log.MarkRecords;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.ChangeSnapshot;
import io.tributary.records.v1.MailboxSnapshot;
import io.tributary.records.v1.MessageFlagsSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** What the user has made of threads and messages, and the newest changes, so as to undo them. */
final class Marks {
  private static final int CHANGES_MAX = 100;
  private static final int WEIGHT_BYTES = 200;

  private final MessageIndex messages;
  private final Threads threads;
  private final Map<Integer, TreeSet<String>> flags = new TreeMap<>();

  /** Newest last. */
  private final Map<Position, List<Effect>> changes = new LinkedHashMap<>();

  /**
   * What one edit changed.
   *
   * @param folderBefore of the thread, if the edit moved it
   */
  record Effect(MarkEdit edit, Optional<Folder> folderBefore) {}

  Marks(MessageIndex messages, Threads threads) {
    this.messages = messages;
    this.threads = threads;
  }

  /**
   * @throws RuntimeException if it can't be what {@link #save} made
   */
  Marks(MessageIndex messages, Threads threads, MailboxSnapshot saved) {
    this(messages, threads);
    for (MessageFlagsSnapshot each : saved.getFlagsList()) {
      int message = Objects.checkIndex(each.getMessage(), messages.count());
      flags.put(message, new TreeSet<>(each.getFlagsList()));
    }
    for (ChangeSnapshot each : saved.getChangesList()) {
      List<Effect> effects = new ArrayList<>();
      for (int i = 0; i < each.getEditsCount(); i++) {
        int before = each.getFoldersBefore(i);
        effects.add(
            new Effect(
                MarkRecords.read(each.getEdits(i)),
                before == 0 ? Optional.empty() : Optional.of(Folder.ofNumber(before))));
      }
      changes.put(new Position(each.getPosition()), List.copyOf(effects));
    }
  }

  void save(MailboxSnapshot.Builder saved) {
    flags.forEach(
        (message, marked) ->
            saved.addFlags(
                MessageFlagsSnapshot.newBuilder().setMessage(message).addAllFlags(marked)));
    changes.forEach((position, effects) -> saved.addChanges(save(position, effects)));
  }

  private static ChangeSnapshot save(Position position, List<Effect> effects) {
    ChangeSnapshot.Builder saved = ChangeSnapshot.newBuilder().setPosition(position.value());
    for (Effect effect : effects) {
      saved.addEdits(MarkRecords.write(effect.edit));
      saved.addFoldersBefore(effect.folderBefore.map(Folder::number).orElse(0));
    }
    return saved.build();
  }

  /** Of a message. */
  SortedSet<String> flags(int message) {
    TreeSet<String> marked = flags.get(message);
    return marked == null ? Collections.emptySortedSet() : marked;
  }

  /** What the change at that position did; null if it is none, or older than the newest hundred. */
  @Nullable List<Effect> change(Position position) {
    return changes.get(position);
  }

  void modify(Position position, Modified modified) {
    List<Effect> effects = new ArrayList<>();
    for (MarkEdit edit : modified.edits()) {
      effects.add(edit.subject().isThread() ? thread(position, edit) : message(position, edit));
    }
    changes.put(position, List.copyOf(effects));
    if (changes.size() > CHANGES_MAX) {
      changes.remove(changes.keySet().iterator().next());
    }
  }

  private Effect thread(Position position, MarkEdit edit) {
    ThreadState thread = threads.existing(edit.subject().position());
    Optional<Folder> before = edit.folder().map(next -> thread.folder());
    threads.change(
        thread,
        () -> {
          thread.flags().addAll(edit.addFlags());
          edit.removeFlags().forEach(thread.flags()::remove);
          edit.folder().ifPresent(thread::moveTo);
        });
    edit.deletion().ifPresent(deletion -> forEach(thread, each -> mark(each, deletion, position)));
    return new Effect(edit, before);
  }

  private static void forEach(ThreadState thread, IntConsumer action) {
    for (int n = 0; n < thread.messageCount(); n++) {
      action.accept(thread.message(n));
    }
  }

  private Effect message(Position position, MarkEdit edit) {
    int message = messages.at(edit.subject().position()).orElseThrow();
    if (!edit.addFlags().isEmpty() || !edit.removeFlags().isEmpty()) {
      Set<String> marked = flags.computeIfAbsent(message, unused -> new TreeSet<>());
      marked.addAll(edit.addFlags());
      edit.removeFlags().forEach(marked::remove);
      if (marked.isEmpty()) {
        flags.remove(message);
      }
    }
    edit.deletion().ifPresent(deletion -> mark(message, deletion, position));
    return new Effect(edit, Optional.empty());
  }

  private void mark(int message, Deletion deletion, Position change) {
    if (!isChangedBy(deletion, message)) {
      return;
    }
    messages.markDeleted(message, deletion.deleted(), change);
    ThreadState thread = threads.get(messages.thread(message));
    int more = deletion.deleted() ? -1 : 1;
    thread.countShown(more);
    boolean unread =
        !messages.own(message) && messages.position(message).compareTo(thread.readUpTo()) > 0;
    thread.countUnread(unread ? more : 0);
  }

  /** Whether the deletion changes that message's mark. */
  boolean isChangedBy(Deletion deletion, int message) {
    boolean meant =
        deletion.onlyChangedAt().isEmpty()
            || deletion.onlyChangedAt().get().equals(messages.deletionChangedAt(message));
    return meant && messages.deleted(message) != deletion.deleted();
  }

  /** It never goes back. */
  void read(Position first, Position upTo) {
    ThreadState thread = threads.existing(first);
    if (upTo.compareTo(thread.readUpTo()) <= 0) {
      return;
    }
    int unread = 0;
    for (int n = thread.messageCount() - 1; n >= 0; n--) {
      int message = thread.message(n);
      if (messages.position(message).compareTo(upTo) <= 0) {
        break;
      }
      unread += messages.own(message) || messages.deleted(message) ? 0 : 1;
    }
    thread.readUpTo(upTo, unread);
  }

  long weightBytes() {
    long effects = changes.values().stream().mapToLong(List::size).sum();
    return WEIGHT_BYTES * (flags.size() + effects);
  }
}
