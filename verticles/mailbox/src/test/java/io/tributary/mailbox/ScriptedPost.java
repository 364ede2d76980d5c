package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.codecs.message.Delivery;
import io.tributary.mailbox.MailboxLinks.Carried;
import java.util.ArrayList;
import java.util.List;

/** Carries nothing: the test says what became of each copy. */
final class ScriptedPost implements MailboxLinks.Courier {
  record Letter(Delivery copy, SingleSubject<Carried> answer) {
    void arrived() {
      answer.onSuccess(new Carried.Delivered());
    }

    void retry() {
      answer.onSuccess(new Carried.Retry("scripted"));
    }

    void failed() {
      answer.onSuccess(new Carried.Failed("gone"));
    }
  }

  /** Copies on their way, oldest first. */
  final List<Letter> letters = new ArrayList<>();

  @Override
  public Single<Carried> carry(Delivery copy) {
    return Single.defer(
        () -> {
          Letter letter = new Letter(copy, SingleSubject.create());
          letters.add(letter);
          return letter.answer;
        });
  }

  /** The only copy on its way; it is so no longer. */
  Letter take() {
    if (letters.size() != 1) {
      throw new AssertionError("expected one copy, there are " + letters.size());
    }
    return letters.remove(0);
  }
}
