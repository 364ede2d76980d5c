/** What all commands share: streams, failures, tables, text made harmless. */
@NullMarked
package io.tributary.cli.shell;

import org.jspecify.annotations.NullMarked;
