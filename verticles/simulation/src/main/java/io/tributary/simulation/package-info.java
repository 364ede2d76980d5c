/**
 * The deterministic simulator: the real mailbox, log client and SMTP session over a simulated
 * HBase, network and clock, all driven by one seed, and checkers of what must hold.
 */
@NullMarked
package io.tributary.simulation;

import org.jspecify.annotations.NullMarked;
