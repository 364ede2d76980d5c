/**
 * Storage ports: what the application asks of HBase, without HBase. Each method says what is
 * atomic, what is idempotent and how it fails.
 */
@NullMarked
package io.tributary.storage;

import org.jspecify.annotations.NullMarked;
