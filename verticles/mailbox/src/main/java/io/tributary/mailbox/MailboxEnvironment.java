package io.tributary.mailbox;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.codecs.identity.Stamps;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the thread of a shard.
 *
 * @param scheduler all its workers run on the shard's one thread (its event loop)
 * @param clock for the time an action is recorded
 * @param stamps of this process's life
 * @param random for jitter; not for secrets
 */
public record MailboxEnvironment(
    Scheduler scheduler, InstantSource clock, Stamps stamps, RandomGenerator random) {}
