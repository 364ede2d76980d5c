/** What every face of the API shares: who is calling, and how a call is refused. */
@NullMarked
package io.tributary.server.api;

import org.jspecify.annotations.NullMarked;
