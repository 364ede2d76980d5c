/** The consistent-hash ring of one cell's nodes, as a pure value. */
@NullMarked
package io.tributary.discovery.ring;

import org.jspecify.annotations.NullMarked;
