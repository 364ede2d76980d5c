package io.tributary.codecs.smtp;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tributary.codecs.message.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows of SMTP only that mail data follows DATA. Notes what it got, neighbouring chunks joined, so
 * that two runs can be compared whatever their splits.
 */
final class ToyServer {
  private final boolean answersAtOnce;
  private final SmtpDecoder decoder = new SmtpDecoder();
  private final EmbeddedChannel channel;
  private final List<Object> frames = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private SmtpDecoder.Mode next = SmtpDecoder.Mode.COMMAND;
  private boolean owesAnswer;

  /**
   * @param answersAtOnce asks for the next frame while it gets one, else after the input was fed
   */
  ToyServer(boolean answersAtOnce) {
    this.answersAtOnce = answersAtOnce;
    this.channel = new EmbeddedChannel(decoder, new Recorder());
    // heap without leak detection: most of these sessions are dropped in the middle
    channel.config().setAllocator(new UnpooledByteBufAllocator(false, true));
    decoder.proceed(SmtpDecoder.Mode.COMMAND);
  }

  static ToyServer fed(boolean answersAtOnce, List<byte[]> pieces) {
    ToyServer server = new ToyServer(answersAtOnce);
    pieces.forEach(server::feed);
    return server;
  }

  static byte[] octets(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  ToyServer feed(String latin1) {
    feed(octets(latin1));
    return this;
  }

  void feed(byte[] piece) {
    channel.writeInbound((Object) Unpooled.copiedBuffer(piece));
    answer();
  }

  EmbeddedChannel channel() {
    return channel;
  }

  /** Commands as text, data as bytes, ends as they are. */
  List<Object> frames() {
    List<Object> all = new ArrayList<>(frames);
    if (data.size() > 0) {
      all.add("data so far: " + data.toString(StandardCharsets.ISO_8859_1));
    }
    return all;
  }

  private void answer() {
    while (owesAnswer) {
      owesAnswer = false;
      decoder.proceed(next);
    }
  }

  private void note(SmtpFrame frame) {
    if (frame instanceof SmtpFrame.Command command) {
      String line = new String(command.line().toArray(), StandardCharsets.ISO_8859_1);
      frames.add(line);
      next = line.equals("DATA") ? SmtpDecoder.Mode.DATA : SmtpDecoder.Mode.COMMAND;
    } else if (frame instanceof SmtpFrame.DataChunk chunk) {
      data.writeBytes(chunk.bytes().toArray());
    } else if (frame instanceof SmtpFrame.DataEnd end) {
      frames.add(Bytes.ofOwned(data.toByteArray()));
      frames.add(end);
      data.reset();
      next = SmtpDecoder.Mode.COMMAND;
    } else {
      frames.add(frame);
    }
  }

  private final class Recorder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      note((SmtpFrame) message);
      if (answersAtOnce) {
        decoder.proceed(next);
      } else {
        owesAnswer = true;
      }
    }
  }
}
