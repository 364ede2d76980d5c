package io.tributary.channels.chat;

/**
 * What is configured.
 *
 * @param node this node's name, told in the welcome
 */
public record ChatSettings(String node, ChatTimes times, ChatLimits limits) {}
