package io.tributary.channels.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.SmsStatus;
import java.util.ArrayList;
import java.util.List;

/** Notes each report and answers as told. */
final class ScriptedStatuses implements SmsStatusIntake {
  final List<SmsStatus> noted = new ArrayList<>();
  Single<Outcome> answer = Single.just(new Outcome.Noted());

  @Override
  public Single<Outcome> note(Recipient sender, SmsStatus status) {
    return Single.defer(
        () -> {
          noted.add(status);
          return answer;
        });
  }
}
