/** What is counted and timed, as Micrometer's meters. */
@NullMarked
package io.tributary.server.metrics;

import org.jspecify.annotations.NullMarked;
