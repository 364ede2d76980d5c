/** What a node tells its cell about itself. */
@NullMarked
package io.tributary.discovery.membership;

import org.jspecify.annotations.NullMarked;
