/** Text messages: providers' webhooks on one side, deliveries on the other. */
@NullMarked
package io.tributary.channels.sms;

import org.jspecify.annotations.NullMarked;
