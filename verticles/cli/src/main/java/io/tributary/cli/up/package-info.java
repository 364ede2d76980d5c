/**
 * {@code up}: a supervisor that starts ZooKeeper, HBase and a node as children and keeps them
 * running. A child ends when its standard input does, so nothing outlives the supervisor, however
 * that dies.
 */
@NullMarked
package io.tributary.cli.up;

import org.jspecify.annotations.NullMarked;
