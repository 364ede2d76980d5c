package io.tributary.codecs.log;

import static io.tributary.codecs.log.ActionRecords.byteString;
import static io.tributary.codecs.log.ActionRecords.bytes;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.message.Part;
import io.tributary.records.v1.PartRecord;

/** Payloads as protobuf records and back. */
final class PayloadRecords {
  /** Tag and length of a field, with room to spare. */
  private static final int FIELD_BYTES_MAX = 16;

  private PayloadRecords() {}

  static io.tributary.records.v1.MessagePayload write(MessagePayload payload) {
    return io.tributary.records.v1.MessagePayload.newBuilder()
        .setFrom(payload.from().toString())
        .setFromName(payload.fromName())
        .addAllTo(payload.to().stream().map(Address::toString).toList())
        .setEnvelopeSender(payload.envelopeSender())
        .setSubject(payload.subject())
        .setText(payload.text())
        .addAllParts(payload.parts().stream().map(PayloadRecords::write).toList())
        .setRaw(byteString(payload.raw()))
        .build();
  }

  static MessagePayload read(ByteString content) throws InvalidProtocolBufferException {
    var written = io.tributary.records.v1.MessagePayload.parseFrom(content);
    return new MessagePayload(
        Address.parse(written.getFrom()),
        written.getFromName(),
        written.getToList().stream().map(Address::parse).toList(),
        written.getEnvelopeSender(),
        written.getSubject(),
        written.getText(),
        written.getPartsList().stream().map(PayloadRecords::read).toList(),
        bytes(written.getRaw()));
  }

  static long bytesMax(MessagePayload payload) {
    long bytes = 8L * FIELD_BYTES_MAX + payload.raw().length();
    bytes += utf8Bytes(payload.from().toString()) + utf8Bytes(payload.fromName());
    bytes += utf8Bytes(payload.envelopeSender()) + utf8Bytes(payload.subject());
    bytes += utf8Bytes(payload.text());
    for (Address to : payload.to()) {
      bytes += FIELD_BYTES_MAX + utf8Bytes(to.toString());
    }
    for (Part part : payload.parts()) {
      bytes += 4L * FIELD_BYTES_MAX + utf8Bytes(part.name()) + utf8Bytes(part.contentType());
    }
    return bytes;
  }

  /** At most: half of a surrogate pair counts two. */
  private static long utf8Bytes(String text) {
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
        .build();
  }

  private static Part read(PartRecord written) {
    return new Part(written.getName(), written.getContentType(), written.getBytes());
  }
}
