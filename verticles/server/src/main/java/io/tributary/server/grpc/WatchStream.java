package io.tributary.server.grpc;

import io.tributary.codecs.message.Position;
import io.tributary.server.api.WatchOut;
import io.tributary.v1.WatchResponse;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Optional;

/** A response's stream as the place where a watch writes to. */
final class WatchStream implements WatchOut {
  private final GrpcServerResponse<?, WatchResponse> response;

  WatchStream(GrpcServerResponse<?, WatchResponse> response) {
    this.response = response;
  }

  @Override
  public void write(WatchResponse event, Optional<Position> reached) {
    try {
      // A caller that goes away ends the call by another way.
      response.write(event).onFailure(ignored -> {});
    } catch (IllegalStateException closed) {
      // The same.
    }
  }

  @Override
  public boolean ready() {
    return !response.writeQueueFull();
  }

  @Override
  public void whenReady(Runnable resume) {
    response.drainHandler(ignored -> resume.run());
  }
}
