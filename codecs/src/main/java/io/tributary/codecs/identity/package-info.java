/** Who and where: users, slots, writers, and the hash that places them. */
@NullMarked
package io.tributary.codecs.identity;

import org.jspecify.annotations.NullMarked;
