package io.tributary.loadtests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 200;

  private ServerSocket echo;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    new Thread(this::serve).start();
    relay =
        new Relay(
            new InetSocketAddress(echo.getInetAddress(), echo.getLocalPort()), () -> bytes -> {});
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    echo.close();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = echo.accept();
        new Thread(() -> repeat(socket)).start();
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void repeat(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException closed) {
      // the test is over
    }
  }

  @Test
  void bytesShouldComeThroughBothWays() throws IOException {
    try (Socket client = client()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      assertThat(echoed(client, 'b')).isEqualTo('b');
    }
  }

  @Test
  void nothingShouldComeThroughWhileItIsShutAndNobodyShouldBeTold() throws IOException {
    try (Socket client = client()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      relay.shut();
      client.setSoTimeout(SILENCE_MILLIS);

      assertThatThrownBy(() -> echoed(client, 'b')).isInstanceOf(SocketTimeoutException.class);
      try (Socket another = client()) {
        another.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> echoed(another, 'c')).isInstanceOf(SocketTimeoutException.class);
      }
    }
  }

  @Test
  void openedAgainItShouldEndWhatWasStuckAndLetNewConnectionsThrough() throws IOException {
    try (Socket client = client()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      relay.shut();
      client.getOutputStream().write('b');
      relay.open();

      assertThat(ended(client)).isTrue();
      try (Socket another = client()) {
        assertThat(echoed(another, 'c')).isEqualTo('c');
      }
    }
  }

  private Socket client() throws IOException {
    Socket client = new Socket(relay.address().getAddress(), relay.address().getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static int echoed(Socket client, int octet) throws IOException {
    client.getOutputStream().write(octet);
    return client.getInputStream().read();
  }

  private static boolean ended(Socket client) throws IOException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException silent) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
