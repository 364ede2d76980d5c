/** A real HBase and a real ZooKeeper for tests, here and in the modules above. */
@NullMarked
package io.tributary.store.testing;

import org.jspecify.annotations.NullMarked;
