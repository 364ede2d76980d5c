/** What a mailbox's log holds: actions, and entries as bytes. */
@NullMarked
package io.tributary.codecs.log;

import org.jspecify.annotations.NullMarked;
