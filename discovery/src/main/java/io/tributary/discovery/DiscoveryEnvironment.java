package io.tributary.discovery;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.random.RandomGenerator;

/**
 * What discovery takes from outside.
 *
 * @param scheduler for waiting, and for the leader's work; it may be any, also a pool
 * @param random unguessable, since user ids are drawn from it
 */
public record DiscoveryEnvironment(Scheduler scheduler, RandomGenerator random) {}
