package io.tributary.server.chat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Puts fragments together (RFC 6455 section 5.4), within bounds. Told to stop at what is wrong, by
 * its close code.
 */
final class TextMessages {
  static final int NOT_TEXT = 1003;
  static final int NOT_UTF8 = 1007;
  static final int TOO_BIG = 1009;

  private final int bytesMax;
  private final Consumer<String> messages;
  private final Wrong wrong;
  private Buffer fragments = Buffer.buffer(0);

  /** Something that ends the connection. */
  interface Wrong {
    void closeWith(int code, String reason);
  }

  TextMessages(int bytesMax, Consumer<String> messages, Wrong wrong) {
    this.bytesMax = bytesMax;
    this.messages = messages;
    this.wrong = wrong;
  }

  void receive(WebSocketFrame frame) {
    if (frame.isBinary()) {
      wrong.closeWith(NOT_TEXT, "text frames only");
    } else if (frame.isText() || frame.isContinuation()) {
      take(frame);
    }
  }

  private void take(WebSocketFrame frame) {
    Buffer data = frame.binaryData();
    if (fragments.length() + data.length() > bytesMax) {
      fragments = Buffer.buffer(0);
      wrong.closeWith(TOO_BIG, "at most " + bytesMax + " bytes");
    } else if (frame.isFinal() && fragments.length() == 0) {
      decode(data);
    } else {
      fragments.appendBuffer(data);
      if (frame.isFinal()) {
        Buffer whole = fragments;
        fragments = Buffer.buffer(0);
        decode(whole);
      }
    }
  }

  private void decode(Buffer whole) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole.getBytes())).toString();
    } catch (CharacterCodingException broken) {
      wrong.closeWith(NOT_UTF8, "text must be UTF-8");
      return;
    }
    messages.accept(text);
  }
}
