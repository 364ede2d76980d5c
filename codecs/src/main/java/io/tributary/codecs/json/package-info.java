/** Values as JSON: the one shape of a message, and reading that is bounded. */
@NullMarked
package io.tributary.codecs.json;

import org.jspecify.annotations.NullMarked;
