/**
 * What keeps outboxes going: copies on their way to other mailboxes, and markers that are found.
 */
@NullMarked
package io.tributary.server.outbox;

import org.jspecify.annotations.NullMarked;
