/** The installation under load: its ready file, its users, and its mailboxes read by the API. */
@NullMarked
package io.tributary.loadtests.api;

import org.jspecify.annotations.NullMarked;
