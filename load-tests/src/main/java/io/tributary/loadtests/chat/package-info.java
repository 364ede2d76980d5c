/** The chat's JSON frames, as a client of another make writes and reads them. */
@NullMarked
package io.tributary.loadtests.chat;

import org.jspecify.annotations.NullMarked;
