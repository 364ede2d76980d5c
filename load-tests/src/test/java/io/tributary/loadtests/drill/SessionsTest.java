package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final long SESSION = 0x1234_5678_9abcL;
  private static final byte[] PASSWORD = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aSessionThatWasOverheardShouldBeTakenOverAndClosed() throws Exception {
    Sessions sessions = new Sessions();
    sessions.get().heard(Unpooled.wrappedBuffer(answer(SESSION)));

    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Asked> asked = CompletableFuture.supplyAsync(() -> serve(server));
      int expired =
          sessions.expire(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));

      assertThat(expired).isEqualTo(1);
      assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo(new Asked(SESSION, 6_000, -11));
    }
  }

  @Test
  void aRefusedSessionShouldNotCount() throws IOException {
    Sessions sessions = new Sessions();
    sessions.get().heard(Unpooled.wrappedBuffer(answer(0)));
    sessions.get().heard(Unpooled.wrappedBuffer(new byte[7]));

    assertThat(sessions.expire(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)))
        .isZero();
  }

  private record Asked(long session, int timeoutMillis, int request) {}

  private static Asked serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      in.readInt();
      in.skipNBytes(Integer.BYTES + Long.BYTES);
      int timeout = in.readInt();
      long session = in.readLong();
      in.skipNBytes(Integer.BYTES + PASSWORD.length + 1);
      out.write(answer(session));
      in.readInt();
      in.readInt();
      int request = in.readInt();
      out.writeInt(16);
      out.write(new byte[16]);
      return new Asked(session, timeout, request);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static byte[] answer(long session) {
    return Unpooled.buffer()
        .writeInt(37)
        .writeInt(0)
        .writeInt(6_000)
        .writeLong(session)
        .writeInt(PASSWORD.length)
        .writeBytes(PASSWORD)
        .writeBoolean(false)
        .capacity(41)
        .array();
  }
}
