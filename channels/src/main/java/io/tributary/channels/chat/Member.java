package io.tributary.channels.chat;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressKind;
import io.tributary.codecs.identity.UserId;

/**
 * Whose session it is.
 *
 * @param name the user's
 */
record Member(UserId user, String name, String device) {

  Address address() {
    return new Address(AddressKind.CHAT, name);
  }
}
