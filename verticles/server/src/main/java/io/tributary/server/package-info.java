/** A node of a cell: everything between the channels and the ports, and the process around it. */
@NullMarked
package io.tributary.server;

import org.jspecify.annotations.NullMarked;
