package io.tributary.channels.chat;

import io.tributary.channels.live.LiveSource;

/** All that the sessions of one event loop share. */
public record ChatHost(
    ChatSettings settings,
    ChatEnvironment environment,
    ChatPorts ports,
    ChatGate gate,
    ChatObserver observer) {

  LiveSource live() {
    return new LiveSource(
        ports.feed(), environment.scheduler(), environment.random(), gate.windows());
  }
}
