package io.tributary.loadtests.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a client sends; subprotocol {@link #SUBPROTOCOL}, path {@link #PATH}. */
public final class Frames {
  public static final String SUBPROTOCOL = "tributary.v1";
  public static final String PATH = "/chat";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Frames() {}

  /**
   * The first frame of every connection.
   *
   * @param since position to go on from; empty: live only
   */
  public static String hello(String token, String device, Optional<String> since) {
    ObjectNode frame = frame("hello").put("token", token).put("device", device);
    since.ifPresent(position -> frame.put("since", position));
    return frame.toString();
  }

  /**
   * @param id the client's own, by which it may be sent again
   * @param to the other user's name
   */
  public static String send(String id, String to, String text) {
    ObjectNode frame = frame("send").put("id", id).put("text", text);
    frame.putArray("to").add("chat:" + to);
    return frame.toString();
  }

  /** Told to the others in the thread, if nothing is in the way. */
  public static String typing(String thread, boolean on) {
    return frame("typing").put("thread", thread).put("on", on).toString();
  }

  private static ObjectNode frame(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
