/** The cell's ZooKeeper and the clustered Vert.x on it. */
@NullMarked
package io.tributary.server.cluster;

import org.jspecify.annotations.NullMarked;
