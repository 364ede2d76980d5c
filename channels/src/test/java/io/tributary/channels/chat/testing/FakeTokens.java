package io.tributary.channels.chat.testing;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.TokenCheck;
import io.tributary.codecs.identity.UserId;
import java.util.HashMap;
import java.util.Map;

/** Tokens of users, which may be revoked or out of reach. */
public final class FakeTokens implements TokenCheck {
  private final Map<String, Outcome> holders = new HashMap<>();
  private boolean away;
  private boolean mute;

  public void issue(String token, UserId user, String name) {
    holders.put(token, new Outcome.Holder(user, name));
  }

  public void revoke(String token) {
    holders.remove(token);
  }

  public void away(boolean away) {
    this.away = away;
  }

  /** From now on nothing is answered, or again. */
  public void mute(boolean mute) {
    this.mute = mute;
  }

  @Override
  public Single<Outcome> check(String token) {
    return Single.defer(
        () -> {
          if (mute) {
            return Single.never();
          }
          return Single.just(
              away
                  ? new Outcome.Retry("storage is away")
                  : holders.getOrDefault(token, new Outcome.Invalid()));
        });
  }
}
