/**
 * The storage ports on HBase, through asynchbase. This is where the row schema is drawn:
 *
 * <pre>
 * &lt;cell&gt;:log            slot(2) user(8) generation(4) entry(8)  → one entry of a mailbox's log
 *                        "cell", "home"                          → whose data it is: a cell's name, an installation's
 * &lt;cell&gt;:owed           slot(2) user(8)                         → marker: this mailbox has outbox work
 * &lt;cell&gt;:mailbox        slot(2) user(8) kind(1) id…             → derived: snapshots, threads, messages, old keys
 *                        slot(2) user(8) 's' place(1) piece(2)   → snapshots in two places; piece 0 is the manifest
 *                        "clock"                                 → written for the time that HBase gives it
 * &lt;cell&gt;:index          slot(2) user(8) segment…                → derived: the user's search index
 * directory:accounts    user(8)                                 → account
 * directory:addresses   kind ':' address                        → claim on the address
 * directory:tokens      SHA-256(32)                             → what the token allows
 * directory:requests    request id                              → which account the request made
 *
 * every row: one column, family "c", qualifier "v", never empty
 * </pre>
 *
 * <p>Numbers are big-endian and not negative, so that rows lie in their order; names are UTF-8.
 * {@code <cell>} is the cell's namespace. The log, the accounts, the addresses, the tokens and the
 * requests are written by put-if-absent and compare-and-set only, synced to disk when acknowledged,
 * and never deleted: after a delete put-if-absent may answer wrongly. Markers in {@code owed} are
 * plain puts and deletes whose HBase timestamp is generation × 2^40 + entry, so that the newest
 * wins in whatever order they arrive. So do pieces and manifests of snapshots in {@code mailbox}.
 */
@NullMarked
package io.tributary.store;

import org.jspecify.annotations.NullMarked;
