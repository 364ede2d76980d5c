/** Our additions to asynchbase, in its package because what they need of it isn't public. */
@NullMarked
package org.hbase.async;

import org.jspecify.annotations.NullMarked;
