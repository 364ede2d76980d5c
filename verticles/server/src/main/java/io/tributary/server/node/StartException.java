package io.tributary.server.node;

/** The node can't start. The message is one line for the operator: the cause and the way out. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
