package io.tributary.server.outbox;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.IntakeOutcome;
import io.tributary.channels.MessageIntake;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Recipient;
import io.tributary.discovery.directory.Directory;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.MailboxLinks.Carried;
import io.tributary.mailbox.MailboxLinks.Courier;
import io.tributary.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries copies the way every message goes, to wherever the recipient is by now. */
public final class CopyCourier implements Courier {
  private static final Logger LOG = LoggerFactory.getLogger(CopyCourier.class);

  private final Directory directory;
  private final MessageIntake intake;
  private final Scheduler scheduler;

  /**
   * @param scheduler of the shard, where everything is answered
   */
  public CopyCourier(Directory directory, MessageIntake intake, Scheduler scheduler) {
    this.directory = directory;
    this.intake = intake;
    this.scheduler = scheduler;
  }

  @Override
  public Single<Carried> carry(Delivery copy) {
    return directory
        .byId(copy.recipient().user())
        .flatMapSingle(account -> deliver(copy, account))
        .defaultIfEmpty(new Carried.Failed("the recipient's account is gone"))
        .onErrorReturn(CopyCourier::failure)
        .observeOn(scheduler);
  }

  private Single<Carried> deliver(Delivery copy, UserAccount account) {
    Address chat = new Address(AddressKind.CHAT, account.name());
    return intake
        .accept(copy.to(new Recipient(account.id(), account.generation(), chat)))
        .map(CopyCourier::carried);
  }

  private static Carried carried(IntakeOutcome outcome) {
    if (outcome instanceof IntakeOutcome.Retry retry) {
      return new Carried.Retry(retry.reason());
    }
    return outcome instanceof IntakeOutcome.NotMine
        ? new Carried.Retry("the recipient's mailbox does not know its address yet")
        : new Carried.Delivered();
  }

  private static Carried failure(Throwable failure) {
    if (!(failure instanceof StorageUnavailableException)) {
      LOG.error("event=outbox.carry_failed", failure);
    }
    return new Carried.Retry("the directory does not answer");
  }
}
