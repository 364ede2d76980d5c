package io.tributary.server.sms;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Set;

/**
 * The URL that a provider called, as it signed it. Nothing that the caller says of the host counts,
 * since callers write those headers.
 */
final class PublicUrl {
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private final String configured;
  private final String host;

  /**
   * @param configured {@code sms.publicUrl}; empty: where the face listens
   * @param host it listens on
   */
  PublicUrl(String configured, Host host) {
    this.configured = configured;
    this.host = host.name();
  }

  /** Where the face listens, by its configuration. */
  record Host(String name) {}

  /** Path and query are as they came, undecoded. */
  String of(HttpServerRequest request) {
    return (configured.isEmpty() ? listening(request) : configured) + target(request.uri());
  }

  private String listening(HttpServerRequest request) {
    SocketAddress local = request.localAddress();
    String name = ANY_ADDRESS.contains(host) ? local.host() : host;
    String scheme = request.isSSL() ? "https://" : "http://";
    return scheme + NetUtil.toSocketAddressString(bracketless(name), local.port());
  }

  private static String bracketless(String name) {
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }

  /** A proxy may write the whole URL (RFC 9112 section 3.2.2): what follows the host counts. */
  private static String target(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int authority = uri.indexOf("://");
    int path = authority < 0 ? -1 : uri.indexOf('/', authority + "://".length());
    return path < 0 ? "/" : uri.substring(path);
  }
}
