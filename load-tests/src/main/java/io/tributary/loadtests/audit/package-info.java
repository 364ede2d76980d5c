/**
 * The ledger audit: what was sent and acknowledged, compared with what lies in the mailboxes
 * afterwards.
 */
@NullMarked
package io.tributary.loadtests.audit;

import org.jspecify.annotations.NullMarked;
