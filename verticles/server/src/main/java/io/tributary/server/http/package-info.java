/** The HTTP face. */
@NullMarked
package io.tributary.server.http;

import org.jspecify.annotations.NullMarked;
