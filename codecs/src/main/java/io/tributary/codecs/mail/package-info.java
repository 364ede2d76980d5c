/** What a mail says (RFC 5322, MIME), read with best effort from whatever bytes came in. */
@NullMarked
package io.tributary.codecs.mail;

import org.jspecify.annotations.NullMarked;
