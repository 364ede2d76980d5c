package io.tributary.codecs.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.chat.ClientFrame.Bad;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.json.MessageViews;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {
  private static final MessageId THREAD = new MessageId(new UserId(7), Position.of(3, 1));

  @Test
  void helloShouldBeRead() {
    assertThat(
            ClientFrames.parse(
                "{\"type\":\"hello\",\"token\":\"trb_x\",\"device\":\"phone\",\"since\":\"769\"}"))
        .isEqualTo(new ClientFrame.Hello("trb_x", "phone", Optional.of(new Position(769))));
  }

  @Test
  void fieldsInAnyOrderAndUnknownOnesShouldBeFine() {
    assertThat(
            ClientFrames.parse(
                "{\"mood\":{\"a\":[1,{}]},\"text\":\"hi\",\"to\":[\"bob\"],\"id\":\"1\",\"type\":\"send\"}"))
        .isEqualTo(new ClientFrame.Send("1", Optional.empty(), List.of("bob"), "", "hi"));
  }

  @Test
  void aNumberShouldDoForSeqAndNullForAbsent() {
    assertThat(ClientFrames.parse("{\"type\":\"ack\",\"seq\":769}"))
        .isEqualTo(new ClientFrame.Ack(new Position(769)));
    assertThat(
            ClientFrames.parse(
                "{\"type\":\"hello\",\"token\":\"t\",\"device\":\"d\",\"since\":null}"))
        .isEqualTo(new ClientFrame.Hello("t", "d", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "\"hello\"",
        "1",
        "null",
        "{",
        "{} {}",
        "{\"type\":\"ack\",\"type\":\"ack\",\"seq\":1}",
        "{\"a\":[[[[[[[[[[]]]]]]]]]]}",
        "{\"a\":123456789012345678901234567890123}",
        "{'type':'ack'}"
      })
  void whatIsNotOneObjectShouldBeNotJson(String text) {
    assertThat(((Bad) ClientFrames.parse(text)).code()).isEqualTo(ErrorCode.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"type\":\"shout\"}", "{\"type\":\"Hello\"}", "{\"type\":null}"})
  void otherTypesShouldBeUnknown(String text) {
    assertThat(((Bad) ClientFrames.parse(text)).code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`type`:1} | type",
        "{`type`:`hello`,`device`:`d`} | token",
        "{`type`:`hello`,`token`:`t`} | device",
        "{`type`:`hello`,`token`:`t`,`device`:``} | device",
        "{`type`:`hello`,`token`:`t`,`device`:`d`,`since`:-1} | since",
        "{`type`:`hello`,`token`:`t`,`device`:`d`,`since`:1.5} | since",
        "{`type`:`hello`,`token`:`t`,`device`:`d`,`since`:`9223372036854775808`} | since",
        "{`type`:`hello`,`token`:`t`,`device`:`d`,`since`:true} | since",
        "{`type`:`send`,`to`:[`bob`],`text`:`x`} | id",
        "{`type`:`send`,`id`:`1`,`text`:`x`} | to",
        "{`type`:`send`,`id`:`1`,`to`:[`bob`],`thread`:`AAAAAAAAAAcAAAAAAAADAQ`,`text`:`x`} | to",
        "{`type`:`send`,`id`:`1`,`to`:`bob`,`text`:`x`} | to",
        "{`type`:`send`,`id`:`1`,`to`:[1],`text`:`x`} | to",
        "{`type`:`send`,`id`:`1`,`thread`:`nope`,`text`:`x`} | thread",
        "{`type`:`send`,`id`:`1`,`to`:[`bob`]} | text",
        "{`type`:`send`,`id`:`1`,`to`:[`bob`],`text`:``} | text",
        "{`type`:`send`,`id`:`1`,`to`:[`bob`],`text`:`\\ud83d`} | text",
        "{`type`:`send`,`id`:`1`,`to`:[`bob`],`text`:`x`,`subject`:5} | subject",
        "{`type`:`read`,`seq`:1} | thread",
        "{`type`:`read`,`thread`:`AAAAAAAAAAcAAAAAAAADAQ`} | seq",
        "{`type`:`typing`,`thread`:`AAAAAAAAAAcAAAAAAAADAQ`,`on`:`yes`} | on",
        "{`type`:`ack`,`seq`:{}} | seq",
      })
  void aWrongFieldShouldBeNamed(String text, String field) {
    Bad bad = (Bad) ClientFrames.parse(text.replace('`', '"'));

    assertThat(bad.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(bad.reason()).startsWith(field + ": ");
  }

  @Test
  void anErrorShouldCarryTheSendsId() {
    Bad bad = (Bad) ClientFrames.parse("{\"type\":\"send\",\"id\":\"42\",\"to\":[]}");

    assertThat(bad.id()).contains("42");
  }

  @Test
  void textShouldBeBoundedInBytes() {
    String half = "\u20ac".repeat(64 * 1024 / 3);

    assertThat(ClientFrames.parse(send(half + "x"))).isInstanceOf(ClientFrame.Send.class);
    assertThat(ClientFrames.parse(send(half + "xx"))).isInstanceOf(Bad.class);
  }

  @Test
  void aTextShouldNotBeReadBeyondTheFramesBound() {
    String spaces = " ".repeat(ClientFrames.FRAME_MAX);

    assertThat(((Bad) ClientFrames.parse(spaces + send("x"))).code()).isEqualTo(ErrorCode.NOT_JSON);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.MIXIN)
  void readingShouldGiveBackWhatWasWritten(@ForAll("frames") ClientFrame frame) {
    assertThat(ClientFrames.parse(ClientFrames.write(frame))).isEqualTo(frame);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.MIXIN)
  void arbitraryBytesShouldNeverThrow(@ForAll byte[] bytes) {
    assertThat(ClientFrames.parse(new String(bytes, StandardCharsets.UTF_8))).isNotNull();
    assertThat(ClientFrames.parse(new String(bytes, StandardCharsets.ISO_8859_1))).isNotNull();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.MIXIN)
  void damagedFramesShouldNeverThrow(
      @ForAll("frames") ClientFrame frame, @ForAll int where, @ForAll char what) {
    StringBuilder text = new StringBuilder(ClientFrames.write(frame));
    text.setCharAt(Math.floorMod(where, text.length()), what);

    assertThat(ClientFrames.parse(text.toString())).isNotNull();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.MIXIN)
  void piecesOfJsonInAnyOrderShouldNeverThrow(@ForAll("soup") String text) {
    assertThat(ClientFrames.parse("{\"type\":\"send\"," + text)).isNotNull();
  }

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"id\"",
            "\"to\"",
            "\"a\"",
            "1",
            "-",
            "1e9",
            "1.5",
            "9".repeat(40),
            "true",
            "null",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\\",
            "\"",
            "\"" + "n".repeat(300) + "\"",
            "[[[[[[[[[[")
        .list()
        .ofMaxSize(40)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<ClientFrame> frames() {
    Arbitrary<String> text = MessageViews.text().filter(any -> !any.isEmpty());
    Arbitrary<ClientFrame> hello =
        Combinators.combine(text, text, MessageViews.positions().optional())
            .as(ClientFrame.Hello::new);
    Arbitrary<ClientFrame> toPeople =
        Combinators.combine(text, text.list().ofMaxSize(3), MessageViews.text(), text)
            .as(
                (id, to, subject, body) ->
                    new ClientFrame.Send(id, Optional.empty(), to, subject, body));
    Arbitrary<ClientFrame> toThread =
        Combinators.combine(text, MessageViews.ids(), text)
            .as(
                (id, thread, body) ->
                    new ClientFrame.Send(id, Optional.of(thread), List.of(), "", body));
    Arbitrary<ClientFrame> read =
        Combinators.combine(MessageViews.ids(), MessageViews.positions()).as(ClientFrame.Read::new);
    Arbitrary<ClientFrame> typing =
        Combinators.combine(MessageViews.ids(), Arbitraries.of(true, false))
            .as(ClientFrame.Typing::new);
    Arbitrary<ClientFrame> ack = MessageViews.positions().map(ClientFrame.Ack::new);
    return Arbitraries.oneOf(hello, toPeople, toThread, read, typing, ack);
  }

  @Test
  void everyTypeShouldBeListed() {
    assertThat(ClientFrames.types())
        .allSatisfy(
            type ->
                assertThat(((Object) ClientFrames.parse("{\"type\":\"" + type + "\"}")))
                    .isInstanceOfSatisfying(
                        Bad.class, bad -> assertThat(bad.code()).isEqualTo(ErrorCode.INVALID)));
    assertThat(ClientFrames.types()).hasSize(ClientFrame.class.getPermittedSubclasses().length - 1);
    assertThat(THREAD.toString()).hasSize(22);
  }

  private static String send(String text) {
    return ClientFrames.write(
        new ClientFrame.Send("1", Optional.empty(), List.of("bob"), "", text));
  }
}
