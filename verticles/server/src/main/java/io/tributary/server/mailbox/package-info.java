/** Mailbox shards on event loops, and the local event bus that leads to them. */
@NullMarked
package io.tributary.server.mailbox;

import org.jspecify.annotations.NullMarked;
