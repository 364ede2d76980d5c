package io.tributary.server.chat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket client that may do wrong whatever can be done wrong. Blocking, for tests. */
public final class RawWebSocket implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int FINAL = 0x80;
  private static final Duration STILL = Duration.ofMillis(500);
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;
  private String response = "";

  /** What came: an opcode with the first byte's flags, and the payload. */
  public record Frame(int flags, byte[] payload) {
    public int opcode() {
      return flags & 0x0f;
    }

    public boolean isCompressed() {
      return (flags & 0x40) != 0;
    }

    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public int closeCode() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
    }
  }

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Connects and asks for {@code /chat} with what a good client says, and more. */
  public static RawWebSocket connect(int port, String... moreHeaders) {
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Host: 127.0.0.1:" + port,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: tributary.v1"));
    headers.addAll(List.of(moreHeaders));
    return request(port, "GET /chat HTTP/1.1", headers);
  }

  /** Sends a request head and reads the head of the answer. */
  public static RawWebSocket request(int port, String requestLine, List<String> headers) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      RawWebSocket client = new RawWebSocket(socket);
      String head = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      client.response = client.readHead();
      return client;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The head of the answer to the request. */
  public String response() {
    return response;
  }

  public int status() {
    return Integer.parseInt(response.split(" ", 3)[1]);
  }

  public RawWebSocket say(String text) {
    return send(TEXT | FINAL, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A masked frame. */
  public RawWebSocket send(int flags, byte[] payload) {
    byte[] masked = payload.clone();
    for (int at = 0; at < masked.length; at++) {
      masked[at] ^= MASK[at % MASK.length];
    }
    return sendRaw(header(flags, payload.length, true), masked);
  }

  /** The same masked frame so many times, for {@link #writeWhileTaken}. */
  public static byte[] frames(int flags, byte[] payload, int count) {
    byte[] masked = payload.clone();
    for (int at = 0; at < masked.length; at++) {
      masked[at] ^= MASK[at % MASK.length];
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    byte[] header = header(flags, payload.length, true);
    for (int number = 0; number < count; number++) {
      frames.writeBytes(header);
      frames.writeBytes(masked);
    }
    return frames.toByteArray();
  }

  /**
   * Writes the bytes again and again without reading, up to a bound.
   *
   * @return how many the server took until it took no more for half a second, or closed
   */
  public long writeWhileTaken(byte[] bytes, long bytesMax) {
    AtomicLong written = new AtomicLong();
    Thread writer = new Thread(() -> writeOn(bytes, bytesMax, written));
    writer.setDaemon(true);
    writer.start();
    long seen = 0;
    long since = System.nanoTime();
    while (writer.isAlive() && System.nanoTime() - since < STILL.toNanos()) {
      if (written.get() != seen) {
        seen = written.get();
        since = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return written.get();
  }

  private void writeOn(byte[] bytes, long bytesMax, AtomicLong written) {
    try {
      while (written.get() < bytesMax) {
        socket.getOutputStream().write(bytes);
        written.addAndGet(bytes.length);
      }
    } catch (IOException closed) {
      // it takes no more
    }
  }

  public RawWebSocket sendUnmasked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return sendRaw(header(TEXT | FINAL, payload.length, false), payload);
  }

  /** Only the head of a frame, which promises a payload. */
  public RawWebSocket promise(int flags, long length) {
    return sendRaw(header(flags, length, true), new byte[0]);
  }

  private static byte[] header(int flags, long length, boolean masked) {
    ByteBuffer header = ByteBuffer.allocate(14);
    int mask = masked ? 0x80 : 0;
    header.put((byte) flags);
    if (length < 126) {
      header.put((byte) (mask | length));
    } else if (length < 65_536) {
      header.put((byte) (mask | 126)).putShort((short) length);
    } else {
      header.put((byte) (mask | 127)).putLong(length);
    }
    if (masked) {
      header.put(MASK);
    }
    byte[] bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  private RawWebSocket sendRaw(byte[] header, byte[] payload) {
    try {
      socket.getOutputStream().write(header);
      socket.getOutputStream().write(payload);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The next frame; empty at the end of the stream. */
  public Optional<Frame> read() {
    try {
      int flags = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return Optional.of(new Frame(flags, payload));
    } catch (EOFException end) {
      return Optional.empty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Reads on to the next frame of this kind, passing over others. */
  public Frame readUntil(int opcode) {
    while (true) {
      Frame frame = read().orElseThrow(() -> new AssertionError("the stream ended"));
      if (frame.opcode() == opcode) {
        return frame;
      }
    }
  }

  /** Reads on to the next frame of this kind; how many others came before it. */
  public long countUntil(int opcode) {
    long others = 0;
    while (read().orElseThrow(() -> new AssertionError("the stream ended")).opcode() != opcode) {
      others++;
    }
    return others;
  }

  /** Reads on to the next text frame of this type. */
  public String readType(String type) {
    while (true) {
      String text = readUntil(TEXT).text();
      if (text.startsWith("{\"type\":\"" + type + "\"")) {
        return text;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // it is gone
    }
  }
}
