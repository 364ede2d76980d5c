/** Where Vert.x and RxJava meet: event loops as schedulers, futures as singles. */
@NullMarked
package io.tributary.server.eventloop;

import org.jspecify.annotations.NullMarked;
