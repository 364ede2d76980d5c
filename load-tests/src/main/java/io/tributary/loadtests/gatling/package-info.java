/** Gatling simulations over the channels, and the command that runs one and audits it. */
@NullMarked
package io.tributary.loadtests.gatling;

import org.jspecify.annotations.NullMarked;
