/** The gRPC face: the services of {@code tributary.v1}, health and reflection. */
@NullMarked
package io.tributary.server.grpc;

import org.jspecify.annotations.NullMarked;
