package io.tributary.discovery;

import io.reactivex.rxjava3.core.Scheduler;
import java.util.random.RandomGenerator;

/**
 * What discovery takes from outside.
 *
 * @param scheduler for all work and waiting; any, also a pool, but no event loop, since closing a
 *     broken connection can take a moment
 * @param random unguessable, since user ids are drawn from it
 */
public record DiscoveryEnvironment(Scheduler scheduler, RandomGenerator random) {}
