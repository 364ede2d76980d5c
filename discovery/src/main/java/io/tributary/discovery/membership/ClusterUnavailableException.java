package io.tributary.discovery.membership;

/** ZooKeeper did not answer in time. Retry later. */
public final class ClusterUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
