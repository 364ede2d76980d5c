/** Messages on their way in, and the names they get: deliveries, positions, ids, keys. */
@NullMarked
package io.tributary.codecs.message;

import org.jspecify.annotations.NullMarked;
