package io.tributary.loadtests.drill;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The ZooKeeper sessions of a client, overheard from the answers to its connections, so that they
 * can be ended behind its back.
 *
 * <p>The answer, each number big-endian: length (4 bytes), protocol version (4), time-out in
 * milliseconds (4), session (8), length of the password (4), the password (16). Safe for any
 * thread.
 */
final class Sessions implements Supplier<Relay.Listener> {
  private static final int TIMEOUT_OFFSET = 8;
  private static final int SESSION_OFFSET = 12;
  private static final int PASSWORD_LENGTH_OFFSET = 20;
  private static final int PASSWORD_OFFSET = 24;
  private static final int PASSWORD_BYTES = 16;
  private static final int CONNECT_BYTES = 45;
  private static final int CLOSE_SESSION = -11;
  private static final int PATIENCE_MILLIS = 5_000;

  private final Map<Long, Session> sessions = new ConcurrentHashMap<>();

  private record Session(long id, int timeoutMillis, byte[] password) {}

  /** For one connection, whose first bytes count. */
  @Override
  public Relay.Listener get() {
    return new Relay.Listener() {
      private boolean first = true;

      @Override
      public void heard(ByteBuf bytes) {
        if (first && bytes.readableBytes() >= PASSWORD_OFFSET + PASSWORD_BYTES) {
          note(bytes);
        }
        first = false;
      }
    };
  }

  private void note(ByteBuf bytes) {
    int begin = bytes.readerIndex();
    long id = bytes.getLong(begin + SESSION_OFFSET);
    if (id != 0 && bytes.getInt(begin + PASSWORD_LENGTH_OFFSET) == PASSWORD_BYTES) {
      byte[] password = ByteBufUtil.getBytes(bytes, begin + PASSWORD_OFFSET, PASSWORD_BYTES);
      sessions.put(id, new Session(id, bytes.getInt(begin + TIMEOUT_OFFSET), password));
    }
  }

  /**
   * Ends all of them, as the server does when it has not heard of a client for too long.
   *
   * @return how many
   */
  int expire(InetSocketAddress server) throws IOException {
    int expired = 0;
    for (Session session : sessions.values()) {
      expire(server, session);
      sessions.remove(session.id());
      expired++;
    }
    return expired;
  }

  /** Takes the session over on a connection of our own, and closes it. */
  private static void expire(InetSocketAddress server, Session session) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      out.writeInt(CONNECT_BYTES);
      out.writeInt(0); // protocol version
      out.writeLong(0); // last transaction seen
      out.writeInt(session.timeoutMillis());
      out.writeLong(session.id());
      out.writeInt(PASSWORD_BYTES);
      out.write(session.password());
      out.writeBoolean(false); // read-only
      out.flush();
      in.skipNBytes(in.readInt());
      out.writeInt(Integer.BYTES + Integer.BYTES);
      out.writeInt(1); // number of the request
      out.writeInt(CLOSE_SESSION);
      out.flush();
      in.skipNBytes(in.readInt());
    }
  }
}
