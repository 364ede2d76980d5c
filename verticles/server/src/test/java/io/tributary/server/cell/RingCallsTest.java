package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.processors.BehaviorProcessor;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RingCallsTest {
  private static final Endpoint N1 = new Endpoint("127.0.0.1", 1);
  private static final Endpoint N2 = new Endpoint("127.0.0.1", 2);

  private final SingleSubject<AskResponse> answer = SingleSubject.create();
  private final BehaviorProcessor<List<NodeInfo>> rings =
      BehaviorProcessor.createDefault(of(N1, N2));
  private final RingCalls calls = new RingCalls((node, question) -> answer);

  @Test
  void aCallShouldEndWhenTheRingLosesItsNode() {
    calls.follow(rings);
    TestObserver<AskResponse> asked = ask(N2);

    rings.onNext(of(N1));

    asked.assertError(NotNowException.class);
    assertThat(answer.hasObservers()).isFalse();
  }

  @Test
  void aCallShouldGoOnWhileItsNodeIsInTheRing() {
    calls.follow(rings);
    TestObserver<AskResponse> asked = ask(N1);

    rings.onNext(of(N1));
    asked.assertNotComplete().assertNoErrors();
    answer.onSuccess(AskResponse.getDefaultInstance());

    asked.assertValue(AskResponse.getDefaultInstance());
  }

  @Test
  void aNodeThatNoRingHasShouldBeAskedAsItComes() {
    calls.follow(rings);
    TestObserver<AskResponse> asked = ask(new Endpoint("127.0.0.1", 3));

    rings.onNext(of());
    answer.onSuccess(AskResponse.getDefaultInstance());

    asked.assertValue(AskResponse.getDefaultInstance());
  }

  @Test
  void aNodeThatIsBackShouldBeAskedAgain() {
    calls.follow(rings);
    rings.onNext(of(N1));
    rings.onNext(of(N1, N2));
    TestObserver<AskResponse> asked = ask(N2);

    asked.assertNotComplete().assertNoErrors();
    rings.onNext(of(N1));
    asked.assertError(NotNowException.class);
  }

  @Test
  void whatTheCallSaysShouldBeToldAsItIs() {
    calls.follow(rings);
    TestObserver<AskResponse> asked = ask(N1);

    answer.onError(new NotNowException("busy"));

    asked.assertError(failure -> "busy".equals(failure.getMessage()));
  }

  private TestObserver<AskResponse> ask(Endpoint node) {
    return Single.defer(() -> calls.ask(node, AskRequest.getDefaultInstance())).test();
  }

  private static List<NodeInfo> of(Endpoint... nodes) {
    return Stream.of(nodes)
        .map(
            node ->
                new NodeInfo(
                    "n" + node.port(),
                    NodeState.UP,
                    List.of((long) node.port()),
                    node,
                    new Incarnation(0, node.port())))
        .toList();
  }
}
