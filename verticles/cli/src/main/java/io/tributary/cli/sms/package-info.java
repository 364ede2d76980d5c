/** Commands that speak as a provider of text messages does. */
@NullMarked
package io.tributary.cli.sms;

import org.jspecify.annotations.NullMarked;
