/** An SMS provider as it looks from outside: webhooks in Twilio's form, signed as Twilio signs. */
@NullMarked
package io.tributary.loadtests.sms;

import org.jspecify.annotations.NullMarked;
