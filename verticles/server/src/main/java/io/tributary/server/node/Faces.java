package io.tributary.server.node;

/** Where a node listens, by face; ports are the ones it got. One that it doesn't have is NONE. */
public record Faces(Face smtp, Face http, Face grpc, Face ops) {
  /** One face. Written {@code host:port}. */
  public record Face(String host, int port) {
    static final Face NONE = new Face("", 0);

    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }
}
