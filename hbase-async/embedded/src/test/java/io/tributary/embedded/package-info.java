/** Tests of the child's own parts; those with a running HBase are in the store's module. */
@NullMarked
package io.tributary.embedded;

import org.jspecify.annotations.NullMarked;
