package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.channels.TokenCheck;
import io.tributary.codecs.identity.UserId;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again whether a session's connection is alive and its token still good. */
final class Vigil {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  private static final int PINGS_WITHOUT_ANSWER_MAX = 2;

  private final ChatHost host;
  private final ChatTransport transport;
  private final Scheduler.Worker worker;
  private final Outlet outlet;
  private final Consumer<Farewell> ended;
  private String token = "";
  private UserId user = new UserId(Long.MAX_VALUE);
  private boolean alive = true;
  private boolean over;
  private int pingsWithoutAnswer;
  private int errors;

  /**
   * @param worker whose disposal ends it
   * @param ended told why the session must end
   */
  Vigil(
      ChatHost host,
      ChatTransport transport,
      Scheduler.Worker worker,
      Outlet outlet,
      Consumer<Farewell> ended) {
    this.host = host;
    this.transport = transport;
    this.worker = worker;
    this.outlet = outlet;
    this.ended = ended;
  }

  /** Whose token it is. */
  Single<TokenCheck.Outcome> check(String asked) {
    return Ports.bounded(
        host,
        host.ports().tokens().check(asked),
        new TokenCheck.Outcome.Retry("no answer in time"));
  }

  /** From now on. */
  void start(String held, UserId holder) {
    token = held;
    user = holder;
    next();
  }

  /** Something came from the client. */
  void heard() {
    alive = true;
  }

  /** A wrong frame came; false if there are too many. */
  boolean tolerates() {
    errors++;
    return errors <= host.settings().limits().errorsMax();
  }

  void stop() {
    over = true;
  }

  private void next() {
    long millis = host.environment().shortenedMillis(host.settings().times().round());
    Disposable unused = worker.schedule(this::round, millis, TimeUnit.MILLISECONDS);
  }

  private void round() {
    if (over) {
      return;
    }
    errors = 0;
    if (outlet.isReady() && !ping()) {
      return;
    }
    Disposable unused = check(token).subscribe(this::checked, this::broken);
    next();
  }

  /** A client that does not read can't answer either: the time to read ends that one. */
  private boolean ping() {
    pingsWithoutAnswer = alive ? 0 : pingsWithoutAnswer + 1;
    if (pingsWithoutAnswer >= PINGS_WITHOUT_ANSWER_MAX) {
      ended.accept(Farewell.DEAD);
      return false;
    }
    alive = false;
    transport.ping();
    return true;
  }

  private void checked(TokenCheck.Outcome outcome) {
    boolean revoked =
        outcome instanceof TokenCheck.Outcome.Invalid
            || (outcome instanceof TokenCheck.Outcome.Holder holder && !holder.user().equals(user));
    if (revoked && !over) {
      ended.accept(Farewell.TOKEN_REVOKED);
    }
  }

  private void broken(Throwable error) {
    LOG.error("event=chat.token_check_broken user={}", user, error);
  }
}
