package io.tributary.codecs.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.MessageView;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.RecipientState;
import io.tributary.v1.Message;
import io.tributary.v1.RecipientStatus;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
  private static final JsonReader READER = new JsonReader(1024 * 1024);
  private static final MessageId ID = new MessageId(new UserId(7), Position.of(3, 1));

  @Test
  void aPlainMessageShouldHaveEveryField() {
    MessageView message =
        new MessageView(
            ID,
            ID,
            Position.of(3, 1),
            Channel.CHAT,
            Address.parse("chat:bob"),
            List.of(Address.parse("chat:alice")),
            "",
            "hi \"there\" \uD83D\uDE00\n",
            1_700_000_000_000L,
            true,
            List.of(),
            MessageView.Marks.NONE);

    assertThat(MessageJson.write(message))
        .isEqualTo(
            "{\"id\":\"AAAAAAAAAAcAAAAAAAADAQ\",\"thread\":\"AAAAAAAAAAcAAAAAAAADAQ\",\"seq\":\"769\","
                + "\"channel\":\"CHAT\",\"from\":\"chat:bob\",\"to\":[\"chat:alice\"],\"subject\":\"\","
                + "\"text\":\"hi \\\"there\\\" \uD83D\uDE00\\n\",\"receivedAt\":\"2023-11-14T22:13:20Z\","
                + "\"verified\":true,\"parts\":[],\"flags\":[],\"recipients\":[],\"deleted\":false}");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
  void shouldBeTheProto3JsonOfTheApisMessage(@ForAll("messages") MessageView message)
      throws InvalidProtocolBufferException {
    String oracle = JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(protobuf(message));

    assertThat(JsonParser.parseString(MessageJson.write(message)))
        .isEqualTo(JsonParser.parseString(oracle));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
  void readingShouldGiveBackWhatWasWritten(@ForAll("messages") MessageView message) {
    assertThat(MessageJson.read(READER.read(MessageJson.write(message), name -> true)))
        .isEqualTo(message);
  }

  @Test
  void halfASurrogatePairShouldNotKeepAMessageFromBeingWritten() {
    assertThat(JsonText.of(json -> json.writeString("a\uD83D"))).isEqualTo("\"a\uD83D\"");
  }

  @Provide
  Arbitrary<MessageView> messages() {
    return MessageViews.all();
  }

  private static Message protobuf(MessageView view) {
    Message.Builder message =
        Message.newBuilder()
            .setId(view.id().toString())
            .setThread(view.thread().toString())
            .setSeq(view.position().value())
            .setChannel(io.tributary.v1.Channel.valueOf(view.channel().name()))
            .setFrom(view.from().toString())
            .setSubject(view.subject())
            .setText(view.text())
            .setReceivedAt(Timestamps.fromMillis(view.receivedMillis()))
            .setVerified(view.verified())
            .addAllFlags(view.marks().flags())
            .setDeleted(view.marks().deleted());
    view.to().forEach(address -> message.addTo(address.toString()));
    view.parts().forEach(part -> message.addParts(protobuf(message.getPartsCount(), part)));
    view.marks().recipients().forEach(recipient -> message.addRecipients(protobuf(recipient)));
    return message.build();
  }

  private static io.tributary.v1.Part protobuf(int index, Part part) {
    return io.tributary.v1.Part.newBuilder()
        .setIndex(index)
        .setName(part.name())
        .setContentType(part.contentType())
        .setBytes(part.bytes())
        .build();
  }

  private static RecipientStatus protobuf(RecipientState recipient) {
    return RecipientStatus.newBuilder()
        .setAddress(recipient.address().toString())
        .setState(RecipientStatus.State.valueOf(recipient.state().name()))
        .build();
  }
}
