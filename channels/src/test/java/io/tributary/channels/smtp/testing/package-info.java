/** An SMTP session on real bytes without a network: for tests here and for the simulator. */
@NullMarked
package io.tributary.channels.smtp.testing;

import org.jspecify.annotations.NullMarked;
