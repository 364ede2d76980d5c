package io.tributary.discovery.membership;

/** Another running process has registered under our node id. The message names it. */
public final class NodeIdTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NodeIdTakenException(String message) {
    super(message);
  }
}
