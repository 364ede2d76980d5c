/**
 * Measures a running installation from outside, and next to it what its storage or its protocol
 * alone would give: a shared machine's absolute figures say little, ratios taken in turn say more.
 */
@NullMarked
package io.tributary.loadtests.bench;

import org.jspecify.annotations.NullMarked;
