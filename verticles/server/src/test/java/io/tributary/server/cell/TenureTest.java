package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.ring.NodeTokens;
import io.tributary.discovery.ring.Ring;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TenureTest {
  private static final NodeInfo SELF = node("n1", 1);
  private static final NodeInfo NEW_LIFE = node("n1", 2);
  private static final NodeInfo OTHER = node("n2", 3);
  private static final NodeInfo THIRD = node("n3", 4);

  private static NodeInfo node(String id, long life) {
    return new NodeInfo(
        id,
        NodeState.UP,
        NodeTokens.of(id, 16),
        new Endpoint("127.0.0.1", 9_090),
        new Incarnation(0, life));
  }

  private static Ring ring(long version, NodeInfo... nodes) {
    return new Ring(version, List.of(nodes));
  }

  private static boolean lost(Ring before, Ring now, NodeInfo self) {
    return Tenure.isLost(before, now, Optional.of(self));
  }

  @Test
  void aRingWithoutThisNodeShouldMeanThatOthersHaveServed() {
    assertThat(lost(ring(5, SELF, OTHER), ring(6, OTHER), SELF)).isTrue();
    assertThat(lost(ring(5, SELF, OTHER), ring(6, SELF.withState(NodeState.JOINING), OTHER), SELF))
        .isTrue();
  }

  @Test
  void aNewLifeAfterARingThatNobodySawShouldMeanTheSame() {
    assertThat(lost(ring(5, SELF, OTHER), ring(7, NEW_LIFE, OTHER), NEW_LIFE)).isTrue();
    assertThat(lost(ring(5, SELF, OTHER), ring(1, NEW_LIFE, OTHER), NEW_LIFE))
        .as("ZooKeeper began from nothing")
        .isTrue();
  }

  /** ZooKeeper was away for longer than the session: nobody wrote a ring. */
  @Test
  void aNewLifeInTheNextRingShouldHaveLostNothing() {
    assertThat(lost(ring(5, SELF, OTHER), ring(6, NEW_LIFE, OTHER), NEW_LIFE)).isFalse();
    assertThat(lost(ring(5, SELF, OTHER), ring(5, SELF, OTHER), NEW_LIFE)).isFalse();
  }

  @Test
  void whoServesAloneShouldLoseNothingToNobody() {
    assertThat(lost(ring(5, SELF), ring(6), SELF)).isFalse();
    assertThat(lost(ring(5, SELF), ring(7, NEW_LIFE), NEW_LIFE)).isFalse();
  }

  @Test
  void whoLeavesOrHasNotJoinedShouldLoseNothing() {
    NodeInfo draining = SELF.withState(NodeState.DRAINING);
    assertThat(lost(ring(5, SELF, OTHER), ring(6, draining, OTHER), draining)).isFalse();
    assertThat(lost(ring(5, OTHER), ring(6, OTHER, THIRD), SELF)).isFalse();
    assertThat(lost(ring(5, OTHER), ring(6, OTHER, SELF), SELF)).isFalse();
  }

  @Test
  void usersWhoStayShouldBeKeptAndAllOthersBeReadAgain() {
    Ring before = ring(5, SELF, OTHER);
    Ring now = ring(6, SELF, OTHER, THIRD);
    Predicate<UserId> mayBeOld = Tenure.handover("n1", before, now);

    assertThat(users())
        .allSatisfy(
            user -> {
              boolean stays =
                  before.ownerOf(user).orElseThrow().id().equals("n1")
                      && now.ownerOf(user).orElseThrow().id().equals("n1");
              assertThat(mayBeOld.test(user)).isEqualTo(!stays);
            })
        .anyMatch(mayBeOld.negate());
  }

  @Test
  void ofRingsThatNobodySawNothingShouldBeAssumed() {
    assertThat(users())
        .allMatch(Tenure.handover("n1", ring(5, SELF, OTHER), ring(7, SELF, OTHER)))
        .allMatch(Tenure.handover("n1", ring(5, SELF, OTHER), ring(4, SELF, OTHER)));
  }

  @Test
  void whatNobodyElseServedShouldBeKept() {
    assertThat(users())
        .noneMatch(Tenure.handover("n1", ring(5, SELF), ring(6)))
        .noneMatch(Tenure.handover("n1", ring(6), ring(7, NEW_LIFE)))
        .noneMatch(Tenure.handover("n1", ring(5, SELF), ring(6, NEW_LIFE)));
  }

  private static List<UserId> users() {
    return LongStream.rangeClosed(1, 200)
        .mapToObj(n -> new UserId(n * 0x9E3779B97F4A7C15L >>> 1))
        .toList();
  }
}
