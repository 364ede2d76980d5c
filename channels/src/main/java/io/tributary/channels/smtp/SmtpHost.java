package io.tributary.channels.smtp;

import io.tributary.channels.MessageIntake;
import io.tributary.channels.RecipientLookup;

/** All that the sessions of one event loop share. */
public record SmtpHost(
    SmtpSettings settings,
    SmtpEnvironment environment,
    RecipientLookup lookup,
    MessageIntake intake,
    SmtpGate gate,
    SmtpObserver observer) {}
