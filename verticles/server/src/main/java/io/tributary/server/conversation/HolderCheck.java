package io.tributary.server.conversation;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.TokenCheck;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.Tokens;

/** Tokens as channels see them. Safe for any thread. */
public final class HolderCheck implements TokenCheck {
  private final Tokens tokens;
  private final Directory directory;

  public HolderCheck(Tokens tokens, Directory directory) {
    this.tokens = tokens;
    this.directory = directory;
  }

  @Override
  public Single<Outcome> check(String token) {
    return tokens
        .check(token)
        .flatMap(this::holder)
        .defaultIfEmpty(new Outcome.Invalid())
        .onErrorReturn(failure -> new Outcome.Retry("storage does not answer"));
  }

  private Maybe<Outcome> holder(TokenGrant grant) {
    return Maybe.fromOptional(grant.user())
        .flatMap(directory::byId)
        .map(account -> new Outcome.Holder(account.id(), account.name()));
  }
}
