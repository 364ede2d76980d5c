/**
 * The mailbox: from its log to its state, from deliveries to entries of its log. Plain code: no I/O
 * but through the storage port, no clock, no threads of its own.
 */
@NullMarked
package io.tributary.mailbox;

import org.jspecify.annotations.NullMarked;
