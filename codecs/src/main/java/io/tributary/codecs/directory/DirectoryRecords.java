package io.tributary.codecs.directory;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.records.v1.AccountRow;
import io.tributary.records.v1.ClaimRow;
import io.tributary.records.v1.RequestRow;
import io.tributary.records.v1.StampRecord;
import io.tributary.records.v1.TokenRow;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Directory rows as bytes: the protobuf messages of {@code tributary.records.v1}. Equal values give
 * equal bytes. Every {@code decode} throws {@link UnreadableRecordException} on anything that is no
 * such row, and on one that says more than this version knows: whoever changes a row would lose it.
 */
public final class DirectoryRecords {
  private static final int STAMP_BYTES = 2 * Long.BYTES;

  private DirectoryRecords() {}

  public static Bytes encode(Account account) {
    AccountRow.Builder row =
        AccountRow.newBuilder()
            .setState(numberOf(account.state()))
            .setName(account.name())
            .setCell(account.cell())
            .setGeneration(account.generation())
            .setCreatedMillis(account.createdMillis())
            .setStamp(record(account.stamp()));
    account.addresses().forEach(address -> row.addAddresses(address.toString()));
    return Bytes.ofOwned(row.build().toByteArray());
  }

  public static Account decodeAccount(Bytes bytes) {
    AccountRow row = parse(AccountRow.parser(), bytes);
    return checked(
        () ->
            new Account(
                accountState(row.getState()),
                row.getName(),
                row.getAddressesList().stream().map(Address::parse).toList(),
                row.getCell(),
                row.getGeneration(),
                row.getCreatedMillis(),
                stamp(row.getStamp())));
  }

  public static Bytes encode(Claim claim) {
    return Bytes.ofOwned(
        ClaimRow.newBuilder()
            .setState(numberOf(claim.state()))
            .setUser(claim.user().value())
            .setChangedMillis(claim.changedMillis())
            .setStamp(record(claim.stamp()))
            .build()
            .toByteArray());
  }

  public static Claim decodeClaim(Bytes bytes) {
    ClaimRow row = parse(ClaimRow.parser(), bytes);
    return checked(
        () ->
            new Claim(
                claimState(row.getState()),
                new UserId(row.getUser()),
                row.getChangedMillis(),
                stamp(row.getStamp())));
  }

  public static Bytes encode(TokenGrant grant) {
    TokenRow.Builder row =
        TokenRow.newBuilder()
            .setScope(numberOf(grant.scope()))
            .setIssuedMillis(grant.issuedMillis())
            .setRevokedMillis(grant.revokedMillis())
            .setStamp(record(grant.stamp()));
    grant.user().ifPresent(user -> row.setUser(user.value()));
    return Bytes.ofOwned(row.build().toByteArray());
  }

  public static TokenGrant decodeToken(Bytes bytes) {
    TokenRow row = parse(TokenRow.parser(), bytes);
    return checked(
        () ->
            new TokenGrant(
                scope(row.getScope()),
                row.getUser() == 0 ? Optional.empty() : Optional.of(new UserId(row.getUser())),
                row.getIssuedMillis(),
                row.getRevokedMillis(),
                stamp(row.getStamp())));
  }

  public static Bytes encode(CreationRequest request) {
    return Bytes.ofOwned(
        RequestRow.newBuilder()
            .setUser(request.user().value())
            .setContentSha256(ByteString.copyFrom(request.content().unsafeArray()))
            .setStamp(record(request.stamp()))
            .build()
            .toByteArray());
  }

  public static CreationRequest decodeRequest(Bytes bytes) {
    RequestRow row = parse(RequestRow.parser(), bytes);
    return checked(
        () ->
            new CreationRequest(
                new UserId(row.getUser()),
                Bytes.ofOwned(row.getContentSha256().toByteArray()),
                stamp(row.getStamp())));
  }

  private static StampRecord record(Stamp stamp) {
    byte[] incarnation =
        ByteBuffer.allocate(STAMP_BYTES)
            .putLong(stamp.incarnation().high())
            .putLong(stamp.incarnation().low())
            .array();
    return StampRecord.newBuilder()
        .setIncarnation(ByteString.copyFrom(incarnation))
        .setCounter(stamp.counter())
        .build();
  }

  private static Stamp stamp(StampRecord row) {
    whole(row);
    if (row.getIncarnation().size() != STAMP_BYTES) {
      throw new IllegalArgumentException("a stamp without its 16 bytes of incarnation");
    }
    ByteBuffer incarnation = row.getIncarnation().asReadOnlyByteBuffer();
    return new Stamp(
        new Incarnation(incarnation.getLong(), incarnation.getLong()), row.getCounter());
  }

  private static int numberOf(Account.State state) {
    return switch (state) {
      case CREATING -> 1;
      case ACTIVE -> 2;
      case ABORTED -> 3;
    };
  }

  private static Account.State accountState(int number) {
    return switch (number) {
      case 1 -> Account.State.CREATING;
      case 2 -> Account.State.ACTIVE;
      case 3 -> Account.State.ABORTED;
      default -> throw new IllegalArgumentException("no account state has number " + number);
    };
  }

  private static int numberOf(Claim.State state) {
    return switch (state) {
      case CLAIMED -> 1;
      case FREE -> 2;
      case RELEASED -> 3;
    };
  }

  private static Claim.State claimState(int number) {
    return switch (number) {
      case 1 -> Claim.State.CLAIMED;
      case 2 -> Claim.State.FREE;
      case 3 -> Claim.State.RELEASED;
      default -> throw new IllegalArgumentException("no claim state has number " + number);
    };
  }

  private static int numberOf(TokenGrant.Scope scope) {
    return switch (scope) {
      case USER -> 1;
      case OPERATOR -> 2;
    };
  }

  private static TokenGrant.Scope scope(int number) {
    return switch (number) {
      case 1 -> TokenGrant.Scope.USER;
      case 2 -> TokenGrant.Scope.OPERATOR;
      default -> throw new IllegalArgumentException("no token scope has number " + number);
    };
  }

  private static <R extends Message> R parse(Parser<R> parser, Bytes bytes) {
    try {
      return whole(parser.parseFrom(bytes.unsafeArray()));
    } catch (InvalidProtocolBufferException damaged) {
      throw new UnreadableRecordException("a directory row that is no protobuf");
    }
  }

  private static <R extends Message> R whole(R row) {
    if (!row.getUnknownFields().isEmpty()) {
      throw new UnreadableRecordException("a directory row of a newer version");
    }
    return row;
  }

  private static <V> V checked(Supplier<V> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw new UnreadableRecordException("a directory row that can't be: " + wrong.getMessage());
    }
  }
}
