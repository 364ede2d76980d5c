package io.tributary.simulation;

import io.tributary.channels.LiveFeed;
import io.tributary.channels.chat.ChatEnvironment;
import io.tributary.channels.chat.ChatGate;
import io.tributary.channels.chat.ChatHost;
import io.tributary.channels.chat.ChatLimits;
import io.tributary.channels.chat.ChatObserver;
import io.tributary.channels.chat.ChatPorts;
import io.tributary.channels.chat.ChatSettings;
import io.tributary.channels.chat.ChatTimes;
import io.tributary.channels.sms.SmsAccounts;
import io.tributary.channels.sms.SmsHost;
import io.tributary.channels.sms.SmsObserver;
import io.tributary.channels.sms.SmsProviders;
import io.tributary.channels.sms.SmsWebhooks;
import io.tributary.channels.smtp.SmtpEnvironment;
import io.tributary.channels.smtp.SmtpGate;
import io.tributary.channels.smtp.SmtpHost;
import io.tributary.channels.smtp.SmtpLimits;
import io.tributary.channels.smtp.SmtpObserver;
import io.tributary.channels.smtp.SmtpSettings;
import io.tributary.codecs.address.Address;
import java.time.Duration;
import java.util.List;

/** What one life of a node talks to clients with. */
record Faces(SmtpHost smtp, SmsWebhooks webhooks, ChatHost chat) {
  private static final ChatGate.Bounds SESSIONS = new ChatGate.Bounds(100, 20);

  static Faces of(World world, Life life, MailboxWay way, LiveFeed feed) {
    return new Faces(
        smtp(world, life, way), webhooks(world, life, way), chat(world, life, way, feed));
  }

  private static SmtpHost smtp(World world, Life life, MailboxWay way) {
    SmtpLimits limits =
        new SmtpLimits(
            1024 * 1024,
            Duration.ofMinutes(5),
            100,
            Duration.ofMinutes(15),
            20,
            world.scale().portTimeout());
    return new SmtpHost(
        new SmtpSettings(
            "mx.example.com",
            List.of(SimulatedUser.DOMAIN),
            Address.parse("email:user0@example.com"),
            limits),
        new SmtpEnvironment(life, life.clock(), world.chance().random()),
        way,
        way,
        new SmtpGate(1_000, 64L * 1024 * 1024),
        SmtpObserver.NONE);
  }

  private static SmsWebhooks webhooks(World world, Life life, MailboxWay way) {
    return new SmsWebhooks(
        new SmsHost(
            SmsAccounts.of(SmsProviders.all(), List.of(SmsGateway.ACCOUNT)),
            new SmsHost.Ports(way, way, way, world.scale().portTimeout()),
            new SmsHost.Environment(life, life.clock()),
            SmsObserver.NONE));
  }

  private static ChatHost chat(World world, Life life, MailboxWay way, LiveFeed feed) {
    SimulatedConversations conversations = new SimulatedConversations(world, way);
    return new ChatHost(
        new ChatSettings("node", ChatTimes.DEFAULT, ChatLimits.DEFAULT),
        new ChatEnvironment(life, world.chance().random()),
        new ChatPorts(conversations, feed, conversations),
        new ChatGate(SESSIONS),
        ChatObserver.NONE);
  }
}
