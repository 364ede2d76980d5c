/**
 * Load, drills and audits against a running installation, from outside: they start processes and
 * speak protocols, and import nothing of the product. Being a load generator, this code may block
 * its own threads.
 */
@NullMarked
package io.tributary.loadtests;

import org.jspecify.annotations.NullMarked;
