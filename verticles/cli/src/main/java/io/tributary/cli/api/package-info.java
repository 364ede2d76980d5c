/** Commands that speak the API over gRPC: users, tokens, messages, the ring. */
@NullMarked
package io.tributary.cli.api;

import org.jspecify.annotations.NullMarked;
