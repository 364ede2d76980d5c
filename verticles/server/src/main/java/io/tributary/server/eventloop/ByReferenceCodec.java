package io.tributary.server.eventloop;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Passes immutable objects over the local event bus as they are. It refuses to put them on the
 * wire: what must not be lost goes between nodes by gRPC.
 */
public final class ByReferenceCodec implements MessageCodec<Object, Object> {
  private static final String NAME = "tributary.by-reference";

  private ByReferenceCodec() {}

  /** To be called once for each Vert.x, before anything is sent. */
  public static void register(EventBus bus) {
    bus.registerCodec(new ByReferenceCodec());
  }

  /** Options for a local message with a time-out for its reply. */
  public static DeliveryOptions options(long timeoutMillis) {
    return options().setSendTimeout(timeoutMillis);
  }

  /** Options for a local message or reply. */
  public static DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(NAME).setLocalOnly(true);
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new UnsupportedOperationException(
        message.getClass().getName() + " must not leave this node by event bus");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("nothing of this kind comes over the wire");
  }

  @Override
  public byte systemCodecID() {
    return -1; // not one of Vert.x's own
  }
}
