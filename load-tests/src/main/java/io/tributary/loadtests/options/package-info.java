/** Options that several commands of this module have, and how all of them refuse wrong ones. */
@NullMarked
package io.tributary.loadtests.options;

import org.jspecify.annotations.NullMarked;
