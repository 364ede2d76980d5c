package io.tributary.channels.chat;

import io.reactivex.rxjava3.core.Scheduler;
import io.tributary.channels.live.Follower;
import io.tributary.channels.live.FollowerSink;
import io.tributary.codecs.chat.ClientFrame;
import io.tributary.codecs.chat.ErrorCode;
import io.tributary.codecs.chat.ServerFrame;
import io.tributary.codecs.live.LiveEvent;
import io.tributary.codecs.live.Signal;
import io.tributary.codecs.message.Position;
import java.util.Optional;

/** A session after its hello: what happens goes out, what the client asks for is done. */
final class Talk implements FollowerSink {
  private final ChatHost host;
  private final Member member;
  private final Outlet outlet;
  private final Runnable welcomed;
  private final Follower follower;
  private final Sends sends;
  private final ReadMarks reads;
  private final TypingOut typingOut;
  private final TypingIn typingIn;
  private final PresenceWatch presence;
  private Optional<Position> since = Optional.empty();
  private boolean began;

  /**
   * @param welcomed called when the mailbox was reached
   */
  Talk(ChatHost host, Member member, Outlet outlet, Scheduler.Worker worker, Runnable welcomed) {
    this.host = host;
    this.member = member;
    this.outlet = outlet;
    this.welcomed = welcomed;
    this.follower =
        new Follower(
            host.live(), member.user(), host.settings().limits().window(), this, this::signalled);
    this.sends = new Sends(host, member, outlet, follower::expect);
    this.reads = new ReadMarks(host, member, outlet, follower::expect);
    this.typingOut = new TypingOut(host, member);
    this.typingIn = new TypingIn(host, member, outlet, worker);
    this.presence = new PresenceWatch(host, member, outlet, worker);
  }

  void start(Optional<Position> from) {
    since = from;
    follower.start(from);
  }

  boolean hasBegun() {
    return began;
  }

  /** What the client wants. */
  void obey(ClientFrame frame) {
    if (frame instanceof ClientFrame.Send send) {
      sends.send(send);
    } else if (frame instanceof ClientFrame.Read read) {
      reads.read(read.thread(), read.seq());
    } else if (frame instanceof ClientFrame.Typing typing) {
      typingOut.typing(typing.thread(), typing.on());
    } else if (frame instanceof ClientFrame.Ack ack) {
      check(ack);
    }
  }

  /** An ack asks for nothing: the log keeps everything anyway. */
  private void check(ClientFrame.Ack ack) {
    if (ack.seq().compareTo(follower.reached()) > 0) {
      host.observer().errorTold(ErrorCode.INVALID);
      outlet.error(ErrorCode.INVALID, "seq: nothing was sent so far", Optional.empty());
    }
  }

  /** The client reads again. */
  void resume() {
    follower.resume();
  }

  /** Calls once all sends are answered. */
  void whenAnswered(Runnable then) {
    sends.whenAnswered(then);
  }

  /** The session is over and has left the gate. Sends that are under way go on. */
  void stop() {
    follower.stop();
    typingOut.stop();
    presence.stop();
  }

  private void signalled(Signal signal) {
    if (signal instanceof Signal.Typing typing) {
      typingIn.told(typing);
    } else if (signal instanceof Signal.Presence told) {
      presence.told(told);
    }
  }

  @Override
  public void began(Position head) {
    began = true;
    sends.passed(since.orElse(head));
    outlet.write(new ServerFrame.Welcome(member.name(), head, host.settings().node()));
    welcomed.run();
  }

  @Override
  public void happened(LiveEvent event) {
    if (event instanceof LiveEvent.Sent sent && sent.client().device().equals(member.device())) {
      sends.happened(sent.message(), sent.client().id());
      return;
    }
    outlet.write(frame(event));
    sends.passed(event.position());
  }

  private static ServerFrame frame(LiveEvent event) {
    if (event instanceof LiveEvent.Arrived arrived) {
      return new ServerFrame.Message(arrived.message());
    }
    if (event instanceof LiveEvent.Sent sent) {
      return new ServerFrame.Message(sent.message());
    }
    LiveEvent.Updated updated = (LiveEvent.Updated) event;
    return new ServerFrame.Update(
        updated.position(),
        updated.kind(),
        updated.thread(),
        updated.messages(),
        updated.readUpTo());
  }

  @Override
  public void head(Position head) {
    outlet.write(new ServerFrame.Head(head));
    sends.passed(head);
  }

  @Override
  public void missed(Position from, Position to) {
    host.observer().gapTold();
    outlet.write(new ServerFrame.Gap(from, to));
    sends.passed(to);
  }

  @Override
  public boolean ready() {
    return outlet.isReady();
  }
}
