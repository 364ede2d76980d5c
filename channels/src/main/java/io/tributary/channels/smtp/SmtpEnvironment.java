package io.tributary.channels.smtp;

import io.reactivex.rxjava3.core.Scheduler;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Time, chance and the thread of a session.
 *
 * @param scheduler all its workers run on the connection's one thread (its event loop)
 * @param clock for the time a message was received
 * @param random for trace ids; not for secrets
 */
public record SmtpEnvironment(Scheduler scheduler, InstantSource clock, RandomGenerator random) {}
