package io.tributary.codecs.log;

import static io.tributary.codecs.log.ActionRecords.byteString;
import static io.tributary.codecs.log.ActionRecords.bytes;
import static io.tributary.codecs.log.Numbers.whole;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.log.MessagePayload.Extras;
import io.tributary.codecs.log.MessagePayload.Heading;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Part;
import io.tributary.records.v1.ContactPayload;
import io.tributary.records.v1.PartRecord;
import java.util.List;
import java.util.Optional;

/** Payloads as protobuf records and back. */
final class PayloadRecords {
  /** Tag and length of a field, with room to spare. */
  private static final int FIELD_BYTES_MAX = 16;

  private PayloadRecords() {}

  static io.tributary.records.v1.MessagePayload write(MessagePayload payload) {
    var written =
        io.tributary.records.v1.MessagePayload.newBuilder()
            .setFrom(payload.from().toString())
            .setFromName(payload.heading().fromName())
            .addAllTo(payload.to().stream().map(Address::toString).toList())
            .setEnvelopeSender(payload.heading().envelopeSender())
            .setSubject(payload.subject())
            .setText(payload.text())
            .addAllParts(payload.parts().stream().map(PayloadRecords::write).toList())
            .setRaw(byteString(payload.raw()))
            .setSmsSegments(payload.extras().smsSegments());
    payload
        .extras()
        .client()
        .ifPresent(client -> written.setClientDevice(client.device()).setClientId(client.id()));
    return written.build();
  }

  static MessagePayload read(ByteString content) throws InvalidProtocolBufferException {
    var written = whole(io.tributary.records.v1.MessagePayload.parseFrom(content));
    return new MessagePayload(
        new Heading(
            Address.parse(written.getFrom()),
            written.getFromName(),
            written.getToList().stream().map(Address::parse).toList(),
            written.getEnvelopeSender()),
        written.getSubject(),
        written.getText(),
        written.getPartsList().stream().map(PayloadRecords::read).toList(),
        bytes(written.getRaw()),
        extras(written));
  }

  private static Extras extras(io.tributary.records.v1.MessagePayload written) {
    if (written.getClientDevice().isEmpty() && written.getSmsSegments() == 0) {
      return Extras.NONE;
    }
    Optional<ClientId> client =
        written.getClientDevice().isEmpty()
            ? Optional.empty()
            : Optional.of(new ClientId(written.getClientDevice(), written.getClientId()));
    return new Extras(client, written.getSmsSegments());
  }

  static ContactPayload write(Action.ContactSet contact) {
    return ContactPayload.newBuilder()
        .setName(contact.name())
        .addAllAddresses(contact.addresses().stream().map(Address::toString).toList())
        .build();
  }

  static long bytesMax(MessagePayload payload) {
    long bytes = 8L * FIELD_BYTES_MAX + payload.raw().length();
    bytes += utf8Bytes(payload.from().toString()) + utf8Bytes(payload.heading().fromName());
    bytes += utf8Bytes(payload.heading().envelopeSender()) + utf8Bytes(payload.subject());
    bytes += utf8Bytes(payload.text()) + bytesMax(payload.extras());
    bytes += bytesMax(payload.to());
    for (Part part : payload.parts()) {
      bytes += 5L * FIELD_BYTES_MAX + utf8Bytes(part.name()) + utf8Bytes(part.contentType());
      bytes += utf8Bytes(part.url());
    }
    return bytes;
  }

  static long bytesMax(List<Address> addresses) {
    long bytes = 0;
    for (Address address : addresses) {
      bytes += FIELD_BYTES_MAX + utf8Bytes(address.toString());
    }
    return bytes;
  }

  private static long bytesMax(Extras extras) {
    return extras
        .client()
        .map(client -> 3L * FIELD_BYTES_MAX + utf8Bytes(client.device()) + utf8Bytes(client.id()))
        .orElse((long) FIELD_BYTES_MAX);
  }

  /** At most: half of a surrogate pair counts two. */
  static long utf8Bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private static PartRecord write(Part part) {
    return PartRecord.newBuilder()
        .setName(part.name())
        .setContentType(part.contentType())
        .setBytes(part.bytes())
        .setUrl(part.url())
        .build();
  }

  private static Part read(PartRecord written) {
    whole(written);
    return new Part(
        written.getName(), written.getContentType(), written.getBytes(), written.getUrl());
  }
}
