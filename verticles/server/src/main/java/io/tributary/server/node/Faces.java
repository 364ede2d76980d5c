package io.tributary.server.node;

/** Where a node listens, by face; ports are the ones it got. */
public record Faces(Face smtp, Face http, Face grpc, Face ops) {
  /** One face. Written {@code host:port}. */
  public record Face(String host, int port) {
    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }
}
