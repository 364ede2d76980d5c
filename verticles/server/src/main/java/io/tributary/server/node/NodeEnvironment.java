package io.tributary.server.node;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a node takes from outside.
 *
 * @param random unguessable: user ids, tokens and the incarnation are drawn from it
 * @param background a pool whose threads may be blocked for a moment
 * @param patience how long ZooKeeper and HBase are waited for at the start
 * @param farewell how long sessions and calls get at the end
 */
public record NodeEnvironment(
    InstantSource clock,
    RandomGenerator random,
    Scheduler background,
    Duration patience,
    Duration farewell) {}
