package io.tributary.channels.smtp.testing;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.LookupOutcome;
import io.tributary.channels.RecipientLookup;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Recipient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Knows the addresses it was told; every other one is unknown. */
public final class ScriptedLookup implements RecipientLookup {
  private final Map<Address, UserId> users = new HashMap<>();
  private final List<Address> asked = new ArrayList<>();
  private Function<Address, Single<LookupOutcome>> rule = this::known;

  /** From now on the address leads to the user. */
  public ScriptedLookup with(String address, long user) {
    users.put(AddressCanonicalizer.any(address), new UserId(user));
    return this;
  }

  public void answerBy(Function<Address, Single<LookupOutcome>> rule) {
    this.rule = rule;
  }

  /** Each address looked up, in order. */
  public List<Address> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Single<LookupOutcome> lookup(Address address) {
    return Single.defer(
        () -> {
          asked.add(address);
          return rule.apply(address);
        });
  }

  /** The answer without a script. */
  public Single<LookupOutcome> known(Address address) {
    UserId user = users.get(address);
    return Single.just(
        user == null
            ? new LookupOutcome.Unknown()
            : new LookupOutcome.Known(new Recipient(user, 1, address)));
  }
}
