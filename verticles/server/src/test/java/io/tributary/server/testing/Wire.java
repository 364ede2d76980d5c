package io.tributary.server.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut. */
public final class Wire implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
  private final NetServer server;
  private volatile boolean cut;

  /**
   * @param to host:port
   */
  public Wire(String to) {
    int colon = to.lastIndexOf(':');
    String host = to.substring(0, colon);
    int port = Integer.parseInt(to.substring(colon + 1));
    server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  if (cut) {
                    near.close();
                    return;
                  }
                  near.pause();
                  vertx
                      .createNetClient()
                      .connect(port, host)
                      .onSuccess(far -> join(near, far))
                      .onFailure(failure -> near.close());
                });
    server.listen(0, "127.0.0.1").await();
  }

  private void join(NetSocket near, NetSocket far) {
    ends.add(near);
    ends.add(far);
    near.handler(far::write);
    far.handler(near::write);
    near.closeHandler(gone -> far.close());
    far.closeHandler(gone -> near.close());
    near.resume();
  }

  public String address() {
    return "127.0.0.1:" + server.actualPort();
  }

  /** Nothing passes, and no connection is made. */
  public void cut() {
    cut = true;
    ends.forEach(NetSocket::close);
    ends.clear();
  }

  public void mend() {
    cut = false;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
