/** What the sessions of a user are told: events by position, and what may be lost. */
@NullMarked
package io.tributary.codecs.live;

import org.jspecify.annotations.NullMarked;
