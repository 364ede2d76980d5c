/** Discovery in ZooKeeper, and a ZooKeeper of our own. */
@NullMarked
package io.tributary.discovery.zookeeper;

import org.jspecify.annotations.NullMarked;
