/** User to slot to cell to node, from memory: the slot table, the operator's pins, the locator. */
@NullMarked
package io.tributary.discovery.placement;

import org.jspecify.annotations.NullMarked;
