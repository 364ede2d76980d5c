package io.tributary.codecs.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.tributary.codecs.message.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpDecoderTest {
  private static final SmtpFrame CLEAN_END = new SmtpFrame.DataEnd(Set.of());

  @Test
  void commandsAndDataShouldComeOutInOrder() {
    ToyServer server =
        new ToyServer(true)
            .feed("EHLO x\r\nDATA\r\nSubject: hi\r\n\r\n..dot\r\n...\r\nend\r\n.\r\nQUIT\r\n");

    assertThat(server.frames())
        .containsExactly(
            "EHLO x",
            "DATA",
            Bytes.ofUtf8("Subject: hi\r\n\r\n.dot\r\n..\r\nend\r\n"),
            CLEAN_END,
            "QUIT");
  }

  @Test
  void dataShouldBeAllowedToBeEmpty() {
    assertThat(new ToyServer(true).feed("DATA\r\n.\r\nQUIT\r\n").frames())
        .containsExactly("DATA", Bytes.EMPTY, CLEAN_END, "QUIT");
  }

  @Test
  void dataShouldNotEndBeforeItsLineDoes() {
    assertThat(new ToyServer(true).feed("DATA\r\nx.\r\n").frames())
        .containsExactly("DATA", "data so far: x.\r\n");
  }

  @Test
  void commandShouldKeepBareLineEndsAndNulInside() {
    assertThat(new ToyServer(true).feed("NO\nOP\rX\u0000\u00ff\r\n\r\n").frames())
        .containsExactly("NO\nOP\rX\u0000\u00ff", "");
  }

  @Test
  void commandShouldEndAtTheFirstCrLfThoughACrStandsBefore() {
    assertThat(new ToyServer(true).feed("NOOP\r\r\nQUIT\r\n").frames())
        .containsExactly("NOOP\r", "QUIT");
  }

  @Test
  void lineOfTheLongestLengthShouldPassAndOneMoreShouldNot() {
    String longest = "x".repeat(SmtpDecoder.LINE_OCTETS_MAX - 2);
    ToyServer server =
        new ToyServer(true).feed(longest + "\r\n" + longest + "y\r\n" + longest + "\r\r\nQUIT\r\n");

    SmtpFrame tooLong = new SmtpFrame.LineTooLong(SmtpDecoder.LINE_OCTETS_MAX + 1);
    assertThat(server.frames()).containsExactly(longest, tooLong, tooLong, "QUIT");
  }

  @Test
  void endlessLineShouldTakeNoMemoryAndGiveNoFrame() {
    ToyServer server = new ToyServer(true);
    for (int i = 0; i < 1_000; i++) {
      server.feed(new byte[10_000]);
    }
    assertThat(server.frames()).isEmpty();
    assertThat(server.feed("\r\n").frames()).containsExactly(new SmtpFrame.LineTooLong(10_000_002));
  }

  @Test
  void chunksShouldHaveABound() {
    SmtpDecoder decoder = new SmtpDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    decoder.proceed(SmtpDecoder.Mode.DATA);
    byte[] body = new byte[300_000];
    Arrays.fill(body, (byte) 'x');
    channel.writeInbound(Unpooled.wrappedBuffer(body));

    int total = 0;
    for (SmtpFrame.DataChunk chunk = channel.readInbound();
        chunk != null;
        chunk = channel.readInbound()) {
      assertThat(chunk.bytes().length()).isBetween(1, SmtpDecoder.CHUNK_BYTES_MAX);
      total += chunk.bytes().length();
      decoder.proceed(SmtpDecoder.Mode.DATA);
    }
    assertThat(total).isEqualTo(body.length);
  }

  @Test
  void nothingShouldComeOutBeforeItIsAskedFor() {
    SmtpDecoder decoder = new SmtpDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    channel.writeInbound((Object) Unpooled.copiedBuffer(ToyServer.octets("NOOP\r\nQUIT\r\n")));
    assertThat(channel.inboundMessages()).isEmpty();

    decoder.proceed(SmtpDecoder.Mode.COMMAND);
    assertThat(channel.inboundMessages()).hasSize(1);
    decoder.proceed(SmtpDecoder.Mode.COMMAND);
    assertThat(channel.inboundMessages()).hasSize(2);
  }

  @Test
  void readingShouldStopWhileTooMuchWaitsAndGoOnAfterwards() {
    SmtpDecoder decoder = new SmtpDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[SmtpDecoder.HELD_BYTES_MAX]));
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
    assertThat(channel.config().isAutoRead()).isFalse();

    decoder.proceed(SmtpDecoder.Mode.DATA);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void framesShouldWaitWhileTheClientDoesNotRead() {
    SmtpDecoder decoder = new SmtpDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    channel.write(Unpooled.wrappedBuffer(new byte[10]));
    decoder.proceed(SmtpDecoder.Mode.COMMAND);
    channel.writeInbound((Object) Unpooled.copiedBuffer(ToyServer.octets("NOOP\r\n")));
    assertThat(channel.inboundMessages()).isEmpty();

    channel.flush();
    assertThat(channel.inboundMessages()).hasSize(1);
  }

  @Test
  void whatWasHeldShouldBeReleasedAtTheEnd() {
    EmbeddedChannel channel = new EmbeddedChannel(new SmtpDecoder());
    ByteBuf bytes = Unpooled.buffer().writeBytes(new byte[100]);
    channel.writeInbound(bytes);
    assertThat(bytes.refCnt()).isEqualTo(1);

    channel.finish();
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void askingForACommandInsideDataShouldBeRefused() {
    SmtpDecoder decoder = new SmtpDecoder();
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    decoder.proceed(SmtpDecoder.Mode.DATA);
    channel.writeInbound((Object) Unpooled.copiedBuffer(ToyServer.octets("half a mail")));
    assertThatThrownBy(() -> decoder.proceed(SmtpDecoder.Mode.COMMAND))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everySplitInTwoAndOctetByOctetShouldGiveTheSameFrames(boolean answersAtOnce) {
    byte[] input =
        ToyServer.octets(
            "EHLO x\r\nNO\rOP\n\r\r\n"
                + "z".repeat(SmtpDecoder.LINE_OCTETS_MAX - 1)
                + "\r\r\nDATA\r\nA: b\r\n\r\n..\r\n.x\r\n\r\r\n.\r.\n\u0000\n.\r\r\n.\n\r\n.\r\nQUIT\r\n");
    List<Object> whole = ToyServer.fed(true, List.of(input)).frames();

    for (int cut = 0; cut <= input.length; cut++) {
      List<byte[]> halves =
          List.of(Arrays.copyOf(input, cut), Arrays.copyOfRange(input, cut, input.length));
      assertThat(ToyServer.fed(answersAtOnce, halves).frames())
          .as("cut at " + cut)
          .isEqualTo(whole);
    }
    ToyServer slow = new ToyServer(answersAtOnce);
    for (byte octet : input) {
      slow.feed(new byte[] {octet});
    }
    assertThat(slow.frames()).isEqualTo(whole);
  }

  @Property
  void anyBytesShouldGiveTheSameFramesForAnySplit(
      @ForAll("sessions") List<String> pieces, @ForAll boolean answersAtOnce) {
    List<byte[]> split = pieces.stream().map(ToyServer::octets).toList();
    byte[] whole = ToyServer.octets(String.join("", pieces));

    assertThat(ToyServer.fed(answersAtOnce, split).frames())
        .isEqualTo(ToyServer.fed(true, List.of(whole)).frames());
  }

  @Property
  void clearDataShouldComeOutAsItWentIn(@ForAll("bodies") List<String> lines) {
    String body = String.join("\r\n", lines) + "\r\n";
    String stuffed =
        lines.stream()
            .map(line -> (line.startsWith(".") ? "." + line : line) + "\r\n")
            .collect(Collectors.joining());

    assertThat(new ToyServer(true).feed("DATA\r\n" + stuffed + ".\r\n").frames())
        .containsExactly("DATA", Bytes.copyOf(ToyServer.octets(body)), CLEAN_END);
  }

  @Provide
  Arbitrary<List<String>> sessions() {
    Arbitrary<String> meaningful =
        Arbitraries.of("\r", "\n", ".", "\r\n", "\r\n.\r\n", "DATA\r\n", "\u0000", "QUIT\r\n");
    Arbitrary<String> filler =
        Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(9);
    Arbitrary<String> tooLong =
        Arbitraries.integers().between(2_040, 2_060).map(length -> "x".repeat(length));
    return Arbitraries.frequencyOf(
            Tuple.of(8, meaningful), Tuple.of(3, filler), Tuple.of(1, tooLong))
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<String>> bodies() {
    return Arbitraries.strings()
        .withCharRange('\u0001', '\u00ff')
        .withChars("....")
        .excludeChars('\r', '\n')
        .ofMaxLength(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
