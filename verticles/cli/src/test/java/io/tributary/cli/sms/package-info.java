/** Tests. */
@NullMarked
package io.tributary.cli.sms;

import org.jspecify.annotations.NullMarked;
