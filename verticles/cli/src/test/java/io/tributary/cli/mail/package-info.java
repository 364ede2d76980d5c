/** Tests. */
@NullMarked
package io.tributary.cli.mail;

import org.jspecify.annotations.NullMarked;
