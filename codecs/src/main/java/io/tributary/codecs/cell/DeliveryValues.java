package io.tributary.codecs.cell;

import io.tributary.cell.v1.DeliveryValue;
import io.tributary.cell.v1.KnownValue;
import io.tributary.cell.v1.PartValue;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Author.Standing;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.KnownPeople;
import io.tributary.codecs.message.MessageId;
import io.tributary.codecs.message.Origin;
import io.tributary.codecs.message.Part;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.codecs.message.SmsFacts;
import io.tributary.codecs.message.SmsFacts.Consent;
import java.util.Optional;
import java.util.stream.Collectors;

/** Deliveries on their way to the node that serves their mailbox. */
public final class DeliveryValues {
  private DeliveryValues() {}

  public static DeliveryValue write(Delivery delivery) {
    Recipient recipient = delivery.recipient();
    DeliveryValue.Builder written =
        DeliveryValue.newBuilder()
            .setUser(recipient.user().value())
            .setGeneration(recipient.generation())
            .setResolvedAddress(recipient.resolvedBy().toString());
    delivery.key().ifPresent(key -> written.setKey(Keys.write(key)));
    delivery
        .origin()
        .map(origin -> new MessageId(origin.sender(), origin.position()))
        .ifPresent(origin -> written.setOrigin(Keys.write(origin)));
    delivery
        .known()
        .users()
        .forEach(
            (address, user) ->
                written.addKnown(
                    KnownValue.newBuilder().setAddress(address.toString()).setUser(user.value())));
    write(delivery.envelope(), written);
    write(delivery.content(), written);
    return written.build();
  }

  private static void write(Envelope envelope, DeliveryValue.Builder written) {
    written
        .setChannel(envelope.channel().number())
        .setFrom(envelope.from().address().toString())
        .setFromName(envelope.from().name())
        .setStanding(number(envelope.from().standing()))
        .addAllTo(Keys.written(envelope.to()))
        .setEnvelopeSender(envelope.envelopeSender())
        .setReceivedMillis(envelope.receivedMillis());
  }

  private static void write(Content content, DeliveryValue.Builder written) {
    written
        .setSubject(content.subject())
        .setText(content.text())
        .addAllParts(content.parts().stream().map(DeliveryValues::write).toList())
        .setRaw(Keys.write(content.raw()))
        .addAllParents(content.references().parents().stream().map(Keys::write).toList());
    content.references().own().ifPresent(own -> written.setOwnReference(Keys.write(own)));
    content
        .sms()
        .ifPresent(
            sms -> {
              written.setSmsSegments(sms.segments());
              sms.consent().ifPresent(consent -> written.setConsent(consent.number()));
            });
  }

  /** Throws {@code IllegalArgumentException} for what no node of this version writes. */
  public static Delivery read(DeliveryValue written) {
    Recipient recipient =
        new Recipient(
            new UserId(written.getUser()),
            written.getGeneration(),
            Address.parse(written.getResolvedAddress()));
    return new Delivery(
        recipient,
        written.getKey().isEmpty() ? Optional.empty() : Optional.of(Keys.read(written.getKey())),
        origin(written),
        envelope(written),
        content(written),
        new KnownPeople(
            written.getKnownList().stream()
                .collect(
                    Collectors.toMap(
                        known -> Address.parse(known.getAddress()),
                        known -> new UserId(known.getUser())))));
  }

  private static Optional<Origin> origin(DeliveryValue written) {
    if (!written.hasOrigin()) {
      return Optional.empty();
    }
    MessageId sent = Keys.read(written.getOrigin());
    return Optional.of(new Origin(sent.user(), sent.position()));
  }

  private static Envelope envelope(DeliveryValue written) {
    return new Envelope(
        Channel.ofNumber(written.getChannel()),
        new Author(
            Address.parse(written.getFrom()),
            written.getFromName(),
            standing(written.getStanding())),
        Keys.addresses(written.getToList()),
        written.getEnvelopeSender(),
        written.getReceivedMillis());
  }

  private static Content content(DeliveryValue written) {
    References references =
        new References(
            written.hasOwnReference()
                ? Optional.of(Keys.read(written.getOwnReference()))
                : Optional.empty(),
            written.getParentsList().stream().map(Keys::read).toList());
    return new Content(
        written.getSubject(),
        written.getText(),
        written.getPartsList().stream().map(DeliveryValues::read).toList(),
        Keys.read(written.getRaw()),
        references,
        sms(written));
  }

  private static Optional<SmsFacts> sms(DeliveryValue written) {
    if (written.getSmsSegments() == 0) {
      return Optional.empty();
    }
    Optional<Consent> consent =
        written.getConsent() == 0
            ? Optional.empty()
            : Optional.of(Consent.ofNumber(written.getConsent()));
    return Optional.of(new SmsFacts(written.getSmsSegments(), consent));
  }

  static PartValue write(Part part) {
    return PartValue.newBuilder()
        .setName(part.name())
        .setContentType(part.contentType())
        .setBytes(part.bytes())
        .setUrl(part.url())
        .build();
  }

  static Part read(PartValue written) {
    return new Part(
        written.getName(), written.getContentType(), written.getBytes(), written.getUrl());
  }

  private static int number(Standing standing) {
    return switch (standing) {
      case VERIFIED -> 1;
      case OUTSIDE -> 2;
      case CLAIMS_LOCAL -> 3;
    };
  }

  /** A standing of a newer version proves nothing here. */
  private static Standing standing(int number) {
    return switch (number) {
      case 1 -> Standing.VERIFIED;
      case 2 -> Standing.OUTSIDE;
      default -> Standing.CLAIMS_LOCAL;
    };
  }
}
