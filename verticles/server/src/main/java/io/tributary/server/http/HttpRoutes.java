package io.tributary.server.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.Router;

/** One part of the HTTP face: webhooks, chat, the JSON API. One object for each event loop. */
public interface HttpRoutes {
  /** Adds its routes. Called once, on the event loop that will serve them. */
  void mount(Router router);

  /** A client has connected. On the event loop that serves it. */
  default void connected(HttpConnection connection) {}

  /** Clients who stay connected are sent away, to come back soon. On the event loop. */
  default void endSessions() {}

  /** The server is about to stop: says goodbye to whoever is connected. Must not block. */
  default void shutDown() {}
}
