/** The directory: accounts, their addresses and tokens, by a protocol of single-row writes. */
@NullMarked
package io.tributary.discovery.directory;

import org.jspecify.annotations.NullMarked;
