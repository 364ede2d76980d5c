package io.tributary.loadtests.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Transparency of mail data (RFC 5321 section 4.5.2), which Netty leaves to its callers. */
final class DotStuffing {
  private DotStuffing() {}

  /** The message with a dot before each dot that begins a line. */
  static ByteBuf of(ByteBufAllocator allocator, byte[] raw) {
    ByteBuf stuffed = allocator.buffer(raw.length + 64);
    int from = 0;
    boolean lineStart = true;
    for (int i = 0; i < raw.length; i++) {
      if (lineStart && raw[i] == '.') {
        stuffed.writeBytes(raw, from, i - from).writeByte('.');
        from = i;
      }
      lineStart = raw[i] == '\n';
    }
    return stuffed.writeBytes(raw, from, raw.length - from);
  }
}
