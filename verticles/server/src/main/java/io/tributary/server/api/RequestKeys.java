package io.tributary.server.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tributary.codecs.message.Bytes;
import io.tributary.mailbox.Command;
import io.tributary.server.conversation.Requests;
import java.util.Base64;
import java.util.Optional;

/**
 * By what the mailbox knows a repetition of a request: its id, and a hash of all else that it says,
 * but for whose mailbox it is, since there it can be no other's. Equal messages have equal bytes:
 * none of the contract's requests holds a map.
 */
final class RequestKeys {
  private final Optional<String> id;
  private final String content;

  private RequestKeys(Optional<String> id, String content) {
    this.id = id;
    this.content = content;
  }

  /**
   * @param request is used up
   */
  static RequestKeys of(Message.Builder request, Optional<String> id) {
    FieldDescriptor user = request.getDescriptorForType().findFieldByName("user");
    FieldDescriptor requestId = request.getDescriptorForType().findFieldByName("request_id");
    byte[] bytes = request.clearField(user).clearField(requestId).build().toByteArray();
    return new RequestKeys(id, Base64.getEncoder().encodeToString(bytes));
  }

  /** For the request's one command. The same id for another method is other content. */
  Command.Request of(String method) {
    return request(id.map(given -> Requests.hash("api", given)), method);
  }

  /** For a further command of the same request. */
  Command.Request further(String method) {
    return request(id.map(given -> Requests.hash("api", given, method)), method);
  }

  private Command.Request request(Optional<Bytes> key, String method) {
    return key.map(bytes -> Requests.of(bytes, method, content)).orElse(Requests.NONE);
  }
}
