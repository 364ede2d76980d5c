/** The house rules that a compiler can't hold, checked over the whole repository. */
@NullMarked
package io.tributary.loadtests.tidy;

import org.jspecify.annotations.NullMarked;
