/** {@code mail send}: a small SMTP client and the mail it writes. */
@NullMarked
package io.tributary.cli.mail;

import org.jspecify.annotations.NullMarked;
