/** Tests of the mailbox, on scripted logs and virtual time. */
@NullMarked
package io.tributary.mailbox;

import org.jspecify.annotations.NullMarked;
