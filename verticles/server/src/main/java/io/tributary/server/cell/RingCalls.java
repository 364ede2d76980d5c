package io.tributary.server.cell;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that end when its cell's ring loses the node: one that was paused or cut off says nothing,
 * its mailboxes are others' by now, and whoever asks again need not wait for the deadline, nor hold
 * a permit that long. A node that no ring has is asked as it comes. Safe for any thread.
 */
public final class RingCalls implements NodeCalls {
  private static final Logger LOG = LoggerFactory.getLogger(RingCalls.class);

  private final NodeCalls calls;
  private final Map<Endpoint, CompletableSubject> leaving = new ConcurrentHashMap<>();

  public RingCalls(NodeCalls calls) {
    this.calls = calls;
  }

  /**
   * Begins to look at the rings.
   *
   * @param everybody in them, now and at each change
   */
  public Disposable follow(Flowable<List<NodeInfo>> everybody) {
    return everybody.subscribe(
        this::changed, failure -> LOG.error("event=cell.ring_calls_ended", failure));
  }

  private void changed(List<NodeInfo> everybody) {
    Set<Endpoint> present = everybody.stream().map(NodeInfo::grpc).collect(Collectors.toSet());
    present.forEach(node -> leaving.computeIfAbsent(node, first -> CompletableSubject.create()));
    leaving.forEach(
        (node, left) -> {
          if (!present.contains(node) && leaving.remove(node, left)) {
            left.onComplete();
          }
        });
  }

  @Override
  public Single<AskResponse> ask(Endpoint node, AskRequest question) {
    Single<AskResponse> answer = calls.ask(node, question);
    CompletableSubject left = leaving.get(node);
    return left == null
        ? answer
        : answer.takeUntil(left).onErrorResumeNext(failure -> Single.error(reason(failure)));
  }

  private static Throwable reason(Throwable failure) {
    return failure instanceof CancellationException
        ? new NotNowException("the mailbox's node has left the ring")
        : failure;
  }
}
