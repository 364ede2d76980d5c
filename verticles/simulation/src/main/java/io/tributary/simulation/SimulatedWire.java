package io.tributary.simulation;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.server.cell.NodeCalls;
import io.tributary.server.cell.NotNowException;
import java.util.concurrent.TimeUnit;

/**
 * Calls of one life of a node to other nodes, each with a deadline: lost, late, twice, in any
 * order, or refused where nobody listens.
 */
final class SimulatedWire implements NodeCalls {
  /** From the node that was asked first to the one it leads to. */
  private static final int HOPS_MAX = 2;

  private final World world;
  private final int from;
  private final Life life;
  private final int hops;

  /**
   * @param hops that the question has behind it; 0 where it begins
   */
  SimulatedWire(World world, int from, Life life, int hops) {
    this.world = world;
    this.from = from;
    this.life = life;
    this.hops = hops;
  }

  /** A node's address is its number, as the port. */
  static Endpoint endpoint(int node) {
    return new Endpoint("node", 1 + node);
  }

  @Override
  public Single<AskResponse> ask(Endpoint node, AskRequest question) {
    return Single.<AskResponse>create(caller -> send(node.port() - 1, question, caller))
        .timeout(world.scale().answerMax().toMillis(), TimeUnit.MILLISECONDS, life)
        .onErrorResumeNext(
            failure -> Single.error(new NotNowException("the mailbox's node does not answer")));
  }

  private void send(int to, AskRequest question, SingleEmitter<AskResponse> caller) {
    if (hops + 1 > HOPS_MAX) {
      world.violation("a question was led on twice: " + question.getQuestionCase());
    }
    world.boundaries().cross(life, "question not sent");
    if (life.ended()) {
      return;
    }
    SimulatedNode node = world.nodes().get(to);
    world
        .network()
        .between(from, to)
        .send("question", isRepeatable(question), () -> arrive(node, to, question, caller));
  }

  private void arrive(
      SimulatedNode node, int to, AskRequest question, SingleEmitter<AskResponse> caller) {
    Life there = node.life();
    if (there.ended()) {
      back(to, "refusal", () -> caller.tryOnError(new NotNowException("nobody listens")));
      return;
    }
    there.enter(
        () -> {
          Disposable unused =
              node.answer(question, hops + 1)
                  .subscribe(
                      answer -> {
                        if (!there.ended()) {
                          back(to, "answer", () -> caller.onSuccess(answer));
                        }
                      },
                      failure -> world.violation("a node signalled " + failure));
        });
  }

  private void back(int to, String what, Runnable arrival) {
    world
        .network()
        .between(to, from)
        .send(
            what,
            true,
            () ->
                life.enter(
                    () -> {
                      world.boundaries().cross(life, what + " not heard");
                      if (!life.ended()) {
                        arrival.run();
                      }
                    }));
  }

  /** A mail without a key is a new one each time. */
  private static boolean isRepeatable(AskRequest question) {
    return !question.hasDeliver()
        || !question.getDeliver().getKey().isEmpty()
        || question.getDeliver().hasOrigin();
  }
}
