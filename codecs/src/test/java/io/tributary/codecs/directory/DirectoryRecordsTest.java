package io.tributary.codecs.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.records.v1.ClaimRow;
import io.tributary.records.v1.StampRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class DirectoryRecordsTest {
  private static final Stamp STAMP = new Stamp(new Incarnation(1, 2), 3);
  private static final UserId USER = new UserId(0x0102030405060708L);

  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  @Test
  void accountShouldKeepItsBytesForEver() {
    Account account =
        new Account(
            Account.State.ACTIVE,
            "bob",
            List.of(Address.parse("sms:+12025550102"), Address.parse("chat:bob")),
            "c1",
            1,
            1_700_000_000_000L,
            STAMP);
    assertThat(hex(DirectoryRecords.encode(account)))
        .isEqualTo(
            "08021203626f621a08636861743a626f621a10736d733a2b31323032353535303130322202633128013080"
                + "d095ffbc313a140a10000000000000000100000000000000021003");
  }

  @Test
  void claimShouldKeepItsBytesForEver() {
    Claim claim = new Claim(Claim.State.RELEASED, USER, 5, STAMP);
    assertThat(hex(DirectoryRecords.encode(claim)))
        .isEqualTo("0803110807060504030201180522140a10000000000000000100000000000000021003");
  }

  @Test
  void tokenShouldKeepItsBytesForEver() {
    TokenGrant grant = new TokenGrant(TokenGrant.Scope.USER, Optional.of(USER), 5, 6, STAMP);
    assertThat(hex(DirectoryRecords.encode(grant)))
        .isEqualTo("0801110807060504030201180520062a140a10000000000000000100000000000000021003");
  }

  @Test
  void requestShouldKeepItsBytesForEver() {
    CreationRequest request = new CreationRequest(USER, Bytes.ofOwned(new byte[] {9, 8}), STAMP);
    assertThat(hex(DirectoryRecords.encode(request)))
        .isEqualTo("090807060504030201120209081a140a10000000000000000100000000000000021003");
  }

  @Property
  void accountsShouldComeBackAsTheyWent(@ForAll("accounts") Account account) {
    Bytes bytes = DirectoryRecords.encode(account);
    assertThat(DirectoryRecords.decodeAccount(bytes)).isEqualTo(account);
    assertThat(DirectoryRecords.encode(DirectoryRecords.decodeAccount(bytes))).isEqualTo(bytes);
  }

  @Property
  void claimsShouldComeBackAsTheyWent(@ForAll("claims") Claim claim) {
    assertThat(DirectoryRecords.decodeClaim(DirectoryRecords.encode(claim))).isEqualTo(claim);
  }

  @Property
  void grantsShouldComeBackAsTheyWent(@ForAll("grants") TokenGrant grant) {
    assertThat(DirectoryRecords.decodeToken(DirectoryRecords.encode(grant))).isEqualTo(grant);
  }

  @Property
  void arbitraryBytesShouldGiveARowOrBeUnreadableAndNothingElse(@ForAll byte[] bytes) {
    onlyUnreadable(DirectoryRecords::decodeAccount, bytes);
    onlyUnreadable(DirectoryRecords::decodeClaim, bytes);
    onlyUnreadable(DirectoryRecords::decodeToken, bytes);
    onlyUnreadable(DirectoryRecords::decodeRequest, bytes);
  }

  @Property
  void aRowWithOneDamagedByteShouldGiveARowOrBeUnreadable(
      @ForAll("accounts") Account account, @ForAll int where, @ForAll byte value) {
    byte[] bytes = DirectoryRecords.encode(account).toArray();
    bytes[Math.floorMod(where, bytes.length)] = value;
    onlyUnreadable(DirectoryRecords::decodeAccount, bytes);
  }

  @Test
  void aStateOfANewerVersionShouldBeUnreadable() {
    byte[] bytes = DirectoryRecords.encode(new Claim(Claim.State.FREE, USER, 5, STAMP)).toArray();
    bytes[1] = 4;
    assertThatThrownBy(() -> DirectoryRecords.decodeClaim(Bytes.ofOwned(bytes)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("state");
  }

  /** Who took it for what it knows would lose the rest with its next change. */
  @Test
  void aFieldOfANewerVersionShouldBeUnreadable() throws IOException {
    Account account =
        new Account(Account.State.ACTIVE, "bob", List.of(), "c1", 1, 1_700_000_000_000L, STAMP);
    newer(DirectoryRecords.encode(account), DirectoryRecords::decodeAccount);
    newer(
        DirectoryRecords.encode(new Claim(Claim.State.CLAIMED, USER, 5, STAMP)),
        DirectoryRecords::decodeClaim);
    newer(
        DirectoryRecords.encode(
            new TokenGrant(TokenGrant.Scope.OPERATOR, Optional.empty(), 1, 0, STAMP)),
        DirectoryRecords::decodeToken);
    newer(
        DirectoryRecords.encode(new CreationRequest(USER, Bytes.ofUtf8("hash"), STAMP)),
        DirectoryRecords::decodeRequest);
    ClaimRow stamped =
        ClaimRow.newBuilder()
            .setState(1)
            .setUser(USER.value())
            .setStamp(
                StampRecord.newBuilder()
                    .setIncarnation(ByteString.copyFrom(new byte[16]))
                    .setCounter(1)
                    .setUnknownFields(NEWER))
            .build();
    assertThatThrownBy(() -> DirectoryRecords.decodeClaim(Bytes.ofOwned(stamped.toByteArray())))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("newer");
  }

  private static void newer(Bytes row, Function<Bytes, ?> decode) throws IOException {
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(row.unsafeArray());
    NEWER.writeTo(more);

    assertThat(decode.apply(row)).isNotNull();
    assertThatThrownBy(() -> decode.apply(Bytes.ofOwned(more.toByteArray())))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("newer");
  }

  @Provide
  Arbitrary<Account> accounts() {
    Arbitrary<Address> addresses =
        Combinators.combine(
                Arbitraries.of("email:", "sms:", "chat:"),
                Arbitraries.strings().alpha().numeric().withChars("+@.é-").ofMinLength(1))
            .as((kind, value) -> Address.parse(kind + value));
    return Combinators.combine(
            Arbitraries.of(Account.State.class),
            Arbitraries.strings().alpha().ofMinLength(1),
            addresses.list().ofMaxSize(5),
            Arbitraries.strings().alpha(),
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            Arbitraries.longs(),
            stamps())
        .as(Account::new);
  }

  @Provide
  Arbitrary<Claim> claims() {
    return Combinators.combine(
            Arbitraries.of(Claim.State.class), users(), Arbitraries.longs(), stamps())
        .as(Claim::new);
  }

  @Provide
  Arbitrary<TokenGrant> grants() {
    return Combinators.combine(users().optional(), Arbitraries.longs(), stamps())
        .as(
            (user, millis, stamp) ->
                new TokenGrant(
                    user.isPresent() ? TokenGrant.Scope.USER : TokenGrant.Scope.OPERATOR,
                    user,
                    millis,
                    millis / 2,
                    stamp));
  }

  private static Arbitrary<UserId> users() {
    return Arbitraries.longs().between(1, Long.MAX_VALUE).map(UserId::new);
  }

  private static Arbitrary<Stamp> stamps() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.longs().between(1, Long.MAX_VALUE))
        .as((high, low, counter) -> new Stamp(new Incarnation(high, low), counter));
  }

  private static void onlyUnreadable(Function<Bytes, ?> decode, byte[] bytes) {
    try {
      assertThat(decode.apply(Bytes.copyOf(bytes))).isNotNull();
    } catch (UnreadableRecordException expected) {
      assertThat(expected).hasMessageStartingWith("a directory row");
    }
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.unsafeArray());
  }
}
