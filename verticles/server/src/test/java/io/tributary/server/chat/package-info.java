@NullMarked
package io.tributary.server.chat;

import org.jspecify.annotations.NullMarked;
