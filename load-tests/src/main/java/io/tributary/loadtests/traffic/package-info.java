/**
 * Senders and listeners that behave as mail servers, SMS providers and chat clients do when a
 * server dies: they go to another, and send the same again until it is acknowledged.
 */
@NullMarked
package io.tributary.loadtests.traffic;

import org.jspecify.annotations.NullMarked;
