package io.tributary.server.api;

/**
 * The services of {@code tributary.v1}, behind whichever face. Stateless: event loops share them.
 */
public record ApiServices(
    Authenticator authenticator,
    MailboxReading reading,
    MailboxWriting writing,
    Watching watching,
    DirectoryOperations directory,
    AdminOperations admin,
    CellOperations cells) {}
