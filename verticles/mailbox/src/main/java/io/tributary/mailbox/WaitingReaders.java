package io.tributary.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Readers of one mailbox that wait until its log has been read forward. */
final class WaitingReaders {
  private final Answers answers;
  private final List<Waiting> readers = new ArrayList<>();

  WaitingReaders(Answers answers) {
    this.answers = answers;
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  /**
   * @param run the first that serves this reader
   */
  void add(long run, Consumer<Readiness> reader) {
    readers.add(new Waiting(run, reader));
  }

  void remove(Consumer<Readiness> reader) {
    readers.removeIf(waiting -> waiting.reader == reader);
  }

  /** A run has ended. */
  void tell(long run, Readiness readiness) {
    List<Waiting> served = readers.stream().filter(waiting -> waiting.run <= run).toList();
    readers.removeAll(served);
    served.forEach(waiting -> answers.hold(() -> waiting.reader.accept(readiness)));
  }

  private record Waiting(long run, Consumer<Readiness> reader) {}
}
