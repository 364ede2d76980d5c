/** The HBase child process: one master and one region server on a local folder. */
@NullMarked
package io.tributary.embedded;

import org.jspecify.annotations.NullMarked;
