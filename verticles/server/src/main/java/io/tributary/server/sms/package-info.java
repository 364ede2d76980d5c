/** Text messages over HTTP: requests read within bounds, answered by the channel's table. */
@NullMarked
package io.tributary.server.sms;

import org.jspecify.annotations.NullMarked;
