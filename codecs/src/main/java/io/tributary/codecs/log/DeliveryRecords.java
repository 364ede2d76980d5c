package io.tributary.codecs.log;

import static io.tributary.codecs.log.ActionRecords.byteString;
import static io.tributary.codecs.log.ActionRecords.bytes;
import static io.tributary.codecs.log.ActionRecords.bytesUnlessEmpty;
import static io.tributary.codecs.log.Numbers.whole;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.log.Action.Arrival;
import io.tributary.codecs.log.Action.ConsentAsked;
import io.tributary.codecs.log.Action.Known;
import io.tributary.codecs.log.Action.Mail;
import io.tributary.codecs.log.Action.Placing;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.SmsFacts.Consent;
import io.tributary.records.v1.ConsentRecord;
import io.tributary.records.v1.DeliveredRecord;
import io.tributary.records.v1.KnownRecord;
import java.util.Optional;

/** Arrivals of messages as protobuf records and back. */
final class DeliveryRecords {
  private DeliveryRecords() {}

  static DeliveredRecord write(Action.Delivered delivered) {
    Arrival arrival = delivered.arrival();
    Placing placing = delivered.placing();
    DeliveredRecord.Builder written =
        DeliveredRecord.newBuilder()
            .setChannel(arrival.channel().number())
            .setThreadReason(placing.reason().number())
            .setReceivedMillis(arrival.receivedMillis())
            .setVerified(arrival.standing() == Standing.VERIFIED)
            .setClaimsLocal(arrival.standing() == Standing.CLAIMS_LOCAL)
            .setResolvedAddress(arrival.resolvedBy().toString())
            .setPeopleHash(byteString(placing.people()))
            .setFolder(Numbers.folder(placing.folder()))
            .setRawBytes(delivered.mail().rawBytes());
    placing.thread().ifPresent(thread -> written.setThreadPosition(thread.value()));
    delivered.mail().messageId().ifPresent(hash -> written.setMessageIdHash(byteString(hash)));
    delivered
        .origin()
        .ifPresent(
            origin ->
                written
                    .setOriginUser(origin.sender().value())
                    .setOriginPosition(origin.position().value()));
    delivered.known().forEach(known -> written.addKnown(write(known)));
    delivered.consent().ifPresent(consent -> written.setConsent(write(consent)));
    return written.build();
  }

  static Action read(DeliveredRecord written) {
    return new Action.Delivered(
        new Arrival(
            Numbers.channel(written.getChannel()),
            standing(written),
            Address.parse(written.getResolvedAddress()),
            written.getReceivedMillis()),
        new Placing(
            DecisionRecords.position(written.getThreadPosition()),
            Numbers.reason(written.getThreadReason()),
            bytes(written.getPeopleHash()),
            Numbers.folder(written.getFolder())),
        new Mail(bytesUnlessEmpty(written.getMessageIdHash()), written.getRawBytes()),
        origin(written),
        written.getKnownList().stream().map(DeliveryRecords::read).toList(),
        written.hasConsent() ? Optional.of(read(written.getConsent())) : Optional.empty());
  }

  private static Standing standing(DeliveredRecord written) {
    if (written.getVerified()) {
      return Standing.VERIFIED;
    }
    return written.getClaimsLocal() ? Standing.CLAIMS_LOCAL : Standing.OUTSIDE;
  }

  private static Optional<Origin> origin(DeliveredRecord written) {
    return written.getOriginUser() == 0
        ? Optional.empty()
        : Optional.of(
            new Origin(
                new UserId(written.getOriginUser()), new Position(written.getOriginPosition())));
  }

  private static KnownRecord write(Known known) {
    return KnownRecord.newBuilder().setIndex(known.index()).setUser(known.user().value()).build();
  }

  private static Known read(KnownRecord written) {
    whole(written);
    return new Known(written.getIndex(), new UserId(written.getUser()));
  }

  private static ConsentRecord write(ConsentAsked consent) {
    return ConsentRecord.newBuilder()
        .setAsked(consent.asked().number())
        .setPeer(consent.peer().toString())
        .build();
  }

  private static ConsentAsked read(ConsentRecord written) {
    whole(written);
    return new ConsentAsked(
        Numbers.known(() -> Consent.ofNumber(written.getAsked())),
        Address.parse(written.getPeer()));
  }
}
