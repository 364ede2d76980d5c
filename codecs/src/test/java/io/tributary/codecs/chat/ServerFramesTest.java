package io.tributary.codecs.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.json.MessageViews;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.message.Position;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ServerFramesTest {

  @Test
  void framesShouldLookLikeThis() {
    assertThat(ServerFrames.write(new ServerFrame.Welcome("alice", new Position(769), "n1")))
        .isEqualTo("{\"type\":\"welcome\",\"user\":\"alice\",\"seq\":\"769\",\"node\":\"n1\"}");
    assertThat(ServerFrames.write(new ServerFrame.Gap(new Position(1), new Position(2))))
        .isEqualTo("{\"type\":\"gap\",\"from\":\"1\",\"to\":\"2\"}");
    assertThat(
            ServerFrames.write(
                ServerFrame.Error.of(ErrorCode.ID_REUSED, "id: used", Optional.of("7"))))
        .isEqualTo(
            "{\"type\":\"error\",\"code\":\"id_reused\",\"reason\":\"id: used\",\"retry\":false,"
                + "\"id\":\"7\"}");
    assertThat(ServerFrames.write(new ServerFrame.Bye("going away", Optional.of(1_500L))))
        .isEqualTo("{\"type\":\"bye\",\"reason\":\"going away\",\"retryAfterMillis\":1500}");
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.MIXIN)
  void readingShouldGiveBackWhatWasWritten(@ForAll("frames") ServerFrame frame) {
    String text = ServerFrames.write(frame);

    assertThat(ServerFrameParser.parse(text)).contains(frame);
    assertThat(ServerFrames.types())
        .anyMatch(type -> text.startsWith("{\"type\":\"" + type + "\""));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.MIXIN)
  void damagedFramesShouldNeverThrow(
      @ForAll("frames") ServerFrame frame, @ForAll int where, @ForAll char what) {
    StringBuilder text = new StringBuilder(ServerFrames.write(frame));
    text.setCharAt(Math.floorMod(where, text.length()), what);

    assertThat(ServerFrameParser.parse(text.toString())).isNotNull();
  }

  @Test
  void framesOfANewerServerShouldBePassedOver() {
    assertThat(ServerFrameParser.parse("{\"type\":\"call\",\"seq\":\"1\"}")).isEmpty();
  }

  @Test
  void everyTypeShouldBeListed() {
    assertThat(ServerFrames.types()).hasSize(ServerFrame.class.getPermittedSubclasses().length);
  }

  @Provide
  Arbitrary<ServerFrame> frames() {
    Arbitrary<String> text = MessageViews.text();
    Arbitrary<Position> position = MessageViews.positions();
    Arbitrary<Address> address = MessageViews.addresses();
    Arbitrary<Boolean> truth = Arbitraries.of(true, false);
    Arbitrary<ServerFrame> update =
        Combinators.combine(
                position,
                Arbitraries.of(LiveEvent.Kind.class),
                MessageViews.ids().optional(),
                MessageViews.ids().list().ofMaxSize(3),
                position.optional())
            .as(ServerFrame.Update::new);
    return Arbitraries.oneOf(
        Combinators.combine(text, position, text).as(ServerFrame.Welcome::new),
        Combinators.combine(text, position, MessageViews.all().optional())
            .as(ServerFrame.Sent::new),
        MessageViews.all().map(ServerFrame.Message::new),
        update,
        position.map(ServerFrame.Head::new),
        Combinators.combine(MessageViews.ids(), address, truth).as(ServerFrame.Typing::new),
        Combinators.combine(text, truth).as(ServerFrame.Presence::new),
        Combinators.combine(position, position).as(ServerFrame.Gap::new),
        Combinators.combine(text, text, truth, text.optional()).as(ServerFrame.Error::new),
        Combinators.combine(text, Arbitraries.longs().between(0, Long.MAX_VALUE).optional())
            .as(ServerFrame.Bye::new));
  }
}
