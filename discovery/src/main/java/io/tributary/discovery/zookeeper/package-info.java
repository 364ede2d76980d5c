/**
 * Discovery in ZooKeeper, and a ZooKeeper of our own. What lies where, below the client's chroot or
 * namespace:
 *
 * <pre>
 * /tributary
 *   cells                     CellListRecord: number, name, weight and ZooKeeper of each cell
 *   slots                     65,536 cell numbers of 16 bits (see SlotTable); its version is the
 *                             table's
 *   pins                      PinListRecord: users placed by hand
 *   installation              a name that the cells' data has too; the server writes and checks it
 *   cell/{cell}
 *     nodes/{node}            ephemeral, NodeRecord: what a node says of itself
 *     loads/{node}            ephemeral, NodeLoadRecord: how it is doing
 *     comings/{node}          ComingsRecord: when it came, so that who flaps has to wait
 *     drain/{node}            DrainRecord: it is to leave
 *     leader/…                ephemeral and sequential: who writes the ring (Curator's latch)
 *     ring                    RingRecord, written by the leader with compare-and-set on its
 *                             version, which is the ring's; created empty as version 0
 * </pre>
 *
 * <p>All but the nodes and the latch are permanent. They are created if absent by whoever comes
 * first, and only ever changed by compare-and-set.
 */
@NullMarked
package io.tributary.discovery.zookeeper;

import org.jspecify.annotations.NullMarked;
