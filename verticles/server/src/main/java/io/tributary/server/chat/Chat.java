package io.tributary.server.chat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.channels.Conversations;
import io.tributary.channels.LiveFeed;
import io.tributary.channels.TokenCheck;
import io.tributary.channels.chat.ChatEnvironment;
import io.tributary.channels.chat.ChatGate;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatLimits;
import io.tributary.channels.chat.ChatObserver;
import io.tributary.channels.chat.ChatPorts;
import io.tributary.channels.chat.ChatSettings;
import io.tributary.channels.chat.ChatTimes;
import io.tributary.channels.live.Window;
import io.tributary.channels.live.WindowBudget;
import io.tributary.config.ChatConfig;
import io.tributary.server.http.HttpLoop;
import io.tributary.server.http.HttpRoutes;
import io.tributary.server.metrics.ChatMetrics;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The chat of a node: what all its event loops share. */
public final class Chat {
  public static final String SUBPROTOCOL = "tributary.v1";

  private final ChatSettings settings;
  private final Origins origins;
  private final Ports ports;
  private final RandomGenerator random;
  private final ChatGate gate;
  private final ChatObserver observer;

  /**
   * What sessions ask.
   *
   * @param feeds gives the feed of the event loop it is called on
   */
  public record Ports(TokenCheck tokens, Supplier<LiveFeed> feeds, Conversations conversations) {}

  /**
   * @param node its name
   * @param windows for what waits for slow clients
   * @param random for jitter
   */
  public Chat(
      ChatConfig config,
      String node,
      Ports ports,
      WindowBudget windows,
      RandomGenerator random,
      MeterRegistry registry) {
    this.settings = new ChatSettings(node, times(config), limits(config));
    this.origins = new Origins(config.origins());
    this.ports = ports;
    this.random = random;
    this.gate =
        new ChatGate(
            new ChatGate.Bounds(
                config.sessionsMax(), config.sessionsOfUserMax(), config.sendsInFlightBytesMax()),
            windows);
    this.observer = new ChatMetrics(registry);
    registry.gauge("tributary.chat.sends.bytes", gate, ChatGate::sendBytes);
    registry.gauge("tributary.chat.windows.bytes", windows, WindowBudget::taken);
  }

  private static ChatTimes times(ChatConfig config) {
    return new ChatTimes(
        Duration.ofMillis(config.helloTimeoutMillis()),
        Duration.ofMillis(config.pingIntervalMillis()),
        Duration.ofMillis(config.readTimeoutMillis()),
        ChatTimes.DEFAULT.port(),
        ChatTimes.DEFAULT.farewell());
  }

  private static ChatLimits limits(ChatConfig config) {
    return new ChatLimits(
        config.sendsInFlightMax(),
        ChatLimits.DEFAULT.errorsMax(),
        ChatLimits.DEFAULT.peersMax(),
        new Window(config.windowEventsMax(), config.windowBytesMax()));
  }

  /** On an event loop, for that loop. */
  public HttpRoutes routes(HttpLoop loop) {
    ChatHost host =
        new ChatHost(
            settings,
            new ChatEnvironment(loop.scheduler(), random),
            new ChatPorts(ports.tokens(), ports.feeds().get(), ports.conversations()),
            gate,
            observer);
    return new ChatRoutes(host, origins);
  }
}
