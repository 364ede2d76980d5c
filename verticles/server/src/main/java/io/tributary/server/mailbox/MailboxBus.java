package io.tributary.server.mailbox;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.identity.UserId;
import io.tributary.server.eventloop.ByReferenceCodec;
import io.tributary.server.eventloop.RxFutures;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;

/**
 * The way to this node's mailboxes: the local event bus, one address for each shard. Safe for any
 * thread; the answer comes on the caller's context.
 */
public final class MailboxBus implements OwnMailboxes {
  private final EventBus bus;
  private final int shards;
  private final Duration timeout;

  /**
   * @param shards how many there are, at least 1
   * @param timeout for the answer; longer than the shards' own deadline
   */
  public MailboxBus(EventBus bus, int shards, Duration timeout) {
    this.bus = bus;
    this.shards = shards;
    this.timeout = timeout;
  }

  static String address(int shard) {
    return "mailbox." + shard;
  }

  /**
   * Asks the shard that serves the user.
   *
   * <p>Signals Vert.x's {@code ReplyException} if there is no answer in time or no shard to ask;
   * what was asked for may have been done all the same.
   */
  @Override
  public <A> Single<A> ask(UserId user, MailboxRequest<A> request) {
    return RxFutures.single(
            () ->
                bus.<A>request(
                    address(user.slot().number() % shards),
                    request,
                    ByReferenceCodec.options(timeout.toMillis())))
        .map(reply -> reply.body());
  }
}
