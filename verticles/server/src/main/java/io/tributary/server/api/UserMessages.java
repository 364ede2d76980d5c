package io.tributary.server.api;

import com.google.protobuf.Timestamp;
import io.tributary.codecs.address.Address;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.discovery.placement.Location;
import io.tributary.v1.LocateResponse;
import io.tributary.v1.User;

/** Accounts and places in the words of the API. */
final class UserMessages {
  private UserMessages() {}

  static User user(UserAccount account) {
    return User.newBuilder()
        .setId(account.id().toString())
        .setName(account.name())
        .addAllAddresses(account.addresses().stream().map(Address::toString).toList())
        .setCreatedAt(timestamp(account.createdMillis()))
        .build();
  }

  static LocateResponse location(UserAccount account, Location location) {
    return LocateResponse.newBuilder()
        .setUser(user(account))
        .setSlot(location.slot().number())
        .setCell(location.cell())
        .setNode(location.node().map(node -> node.id()).orElse(""))
        .setTableVersion(location.tableVersion())
        .setRingVersion(location.ringVersion())
        .setReason(location.reason().words())
        .build();
  }

  static Timestamp timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1_000L))
        .setNanos(Math.floorMod(millis, 1_000) * 1_000_000)
        .build();
  }
}
