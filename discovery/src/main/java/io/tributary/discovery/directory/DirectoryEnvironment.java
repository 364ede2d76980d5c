package io.tributary.discovery.directory;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.codecs.identity.Stamps;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the directory takes from outside.
 *
 * @param scheduler for waiting between attempts
 * @param random unguessable, since tokens are drawn from it; safe for any thread
 */
public record DirectoryEnvironment(
    Scheduler scheduler, InstantSource clock, RandomGenerator random, Stamps stamps) {}
