/** Rows of the directory: accounts, claims on addresses, tokens, requests. */
@NullMarked
package io.tributary.codecs.directory;

import org.jspecify.annotations.NullMarked;
