/** Who serves whom: the facade over slots, membership and ring of one process. */
@NullMarked
package io.tributary.discovery;

import org.jspecify.annotations.NullMarked;
