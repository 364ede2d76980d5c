@NullMarked
package io.tributary.server.cell;

import org.jspecify.annotations.NullMarked;
