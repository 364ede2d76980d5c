/**
 * What users do in conversations, for every face: who is meant, and what their mailbox is asked.
 */
@NullMarked
package io.tributary.server.conversation;

import org.jspecify.annotations.NullMarked;
