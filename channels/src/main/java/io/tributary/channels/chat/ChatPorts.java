package io.tributary.channels.chat;

import io.tributary.channels.Conversations;
import io.tributary.channels.LiveFeed;
import io.tributary.channels.TokenCheck;

/** What sessions ask. */
public record ChatPorts(TokenCheck tokens, LiveFeed feed, Conversations conversations) {}
