/** Addresses and their one canonical form. */
@NullMarked
package io.tributary.codecs.address;

import org.jspecify.annotations.NullMarked;
