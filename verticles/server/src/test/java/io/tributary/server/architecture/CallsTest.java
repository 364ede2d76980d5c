package io.tributary.server.architecture;

import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What nobody calls: what blocks a thread, and what reads the machine's clock. */
class CallsTest {
  private static final List<Class<?>> WAITING =
      List.of(
          CountDownLatch.class,
          CompletableFuture.class,
          Future.class,
          BlockingQueue.class,
          Semaphore.class);

  private static final List<Class<?>> RX =
      List.of(Single.class, Maybe.class, Completable.class, Flowable.class, Observable.class);

  /** The node's main thread may wait; so may the children's and the command line's. */
  private static final DescribedPredicate<JavaClass> PROCESSES =
      DescribedPredicate.describe(
          "are a process's main",
          type ->
              type.getSimpleName().equals("Main")
                  || type.getName().startsWith("io.tributary.server.Lifetime")
                  || type.getName().contains(".EmbeddedZooKeeper")
                  || type.getPackageName().startsWith("io.tributary.shaded"));

  @Test
  void nothingShouldBlockAThread() {
    Production.check(
        noClasses()
            .that(DescribedPredicate.not(PROCESSES))
            .should()
            .callMethodWhere(
                calls(WAITING, "await|join|get|take|acquire|acquireUninterruptibly")
                    .or(calls(RX, "blocking.*"))
                    .or(calls(List.of(Thread.class), "sleep|join"))
                    .or(calls(List.of(Object.class), "wait"))));
  }

  @Test
  void nothingShouldReadTheMachinesClock() {
    Production.check(
        noClasses()
            .that(DescribedPredicate.not(PROCESSES))
            .should()
            .callMethodWhere(
                calls(List.of(System.class), "currentTimeMillis|nanoTime")
                    .or(calls(List.of(Instant.class), "now"))
                    .or(calls(List.of(Clock.class), "system.*"))
                    .or(calls(List.of(InstantSource.class), "system"))));
  }

  private static DescribedPredicate<JavaCall<?>> calls(List<Class<?>> owners, String method) {
    DescribedPredicate<JavaClass> oneOf =
        DescribedPredicate.describe(
            "one of " + owners, type -> owners.stream().anyMatch(type::isEquivalentTo));
    return DescribedPredicate.describe(
        owners + "." + method,
        call -> owner(oneOf).test(call.getTarget()) && call.getTarget().getName().matches(method));
  }
}
