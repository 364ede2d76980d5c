package io.tributary.server.api;

import io.tributary.codecs.address.Address;
import io.tributary.codecs.address.AddressCanonicalizer;
import io.tributary.codecs.address.InvalidAddressException;
import io.tributary.codecs.directory.TokenGrant;
import io.tributary.codecs.identity.UserId;
import io.tributary.discovery.directory.NewUser;
import io.tributary.server.api.Refusal.Field;
import io.tributary.v1.CreateUserRequest;
import io.tributary.v1.IssueTokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the requests of the directory. All throw {@link Refusal} with the field and its rule. */
final class UserRequests {
  static final int REQUEST_ID_CHARACTERS_MAX = 128;

  private UserRequests() {}

  static NewUser newUser(CreateUserRequest request) {
    Address name = address(new Field("name"), request.getName(), AddressCanonicalizer::chat);
    List<Address> others = new ArrayList<>();
    if (!request.getEmail().isEmpty()) {
      others.add(address(new Field("email"), request.getEmail(), AddressCanonicalizer::email));
    }
    if (!request.getPhone().isEmpty()) {
      others.add(address(new Field("phone"), request.getPhone(), AddressCanonicalizer::phone));
    }
    return new NewUser(name, others);
  }

  static Optional<String> requestId(String id) {
    if (id.length() > REQUEST_ID_CHARACTERS_MAX) {
      throw Refusal.invalid(new Field("request_id"), "at most 128 characters, not " + id.length());
    }
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  static Address anyAddress(Field field, String written) {
    return address(field, written, AddressCanonicalizer::any);
  }

  static TokenGrant.Scope scope(IssueTokenRequest request) {
    boolean named = !request.getUser().isEmpty();
    return switch (request.getScope()) {
      case USER -> {
        if (!named) {
          throw Refusal.invalid(new Field("user"), "is needed for a token of scope USER");
        }
        yield TokenGrant.Scope.USER;
      }
      case OPERATOR -> {
        if (named) {
          throw Refusal.invalid(new Field("user"), "must be empty for a token of scope OPERATOR");
        }
        yield TokenGrant.Scope.OPERATOR;
      }
      case TOKEN_SCOPE_UNSPECIFIED, UNRECOGNIZED ->
          throw Refusal.invalid(new Field("scope"), "USER or OPERATOR");
    };
  }

  static int pageSize(int asked, PageSizes allowed) {
    if (asked < 0 || asked > allowed.max()) {
      throw Refusal.invalid(
          new Field("page_size"), "1 to " + allowed.max() + ", or 0 for " + allowed.byDefault());
    }
    return asked == 0 ? allowed.byDefault() : asked;
  }

  /** How many things a page may hold. */
  record PageSizes(int byDefault, int max) {}

  static Optional<UserId> after(String pageToken) {
    if (pageToken.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UserId.parse(pageToken));
    } catch (IllegalArgumentException notOurs) {
      throw Refusal.invalid(new Field("page_token"), "must be a next_page_token of this call");
    }
  }

  private static Address address(Field field, String written, Canonical canonical) {
    if (written.isEmpty()) {
      throw Refusal.invalid(field, "is needed");
    }
    try {
      return canonical.of(written);
    } catch (InvalidAddressException invalid) {
      throw Refusal.invalid(field, String.valueOf(invalid.getMessage()));
    }
  }

  private interface Canonical {
    Address of(String written);
  }
}
