/**
 * Between the nodes of a cell: mailboxes of other nodes, asked by gRPC ({@code
 * tributary.cell.v1.CellService}).
 */
@NullMarked
package io.tributary.server.cell;

import org.jspecify.annotations.NullMarked;
