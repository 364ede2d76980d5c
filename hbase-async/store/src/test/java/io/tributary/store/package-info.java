/** Tests of the store: against scripted rows, and against a real HBase. */
@NullMarked
package io.tributary.store;

import org.jspecify.annotations.NullMarked;
