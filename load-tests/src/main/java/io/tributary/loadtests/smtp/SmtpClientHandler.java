package io.tributary.loadtests.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.smtp.DefaultLastSmtpContent;
import io.netty.handler.codec.smtp.SmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequests;
import io.netty.handler.codec.smtp.SmtpResponse;
import io.netty.util.concurrent.Future;
import io.tributary.loadtests.Mail;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The client's side of one SMTP connection: one mail at a time, after greeting and EHLO. Owned by
 * its channel's event loop.
 */
final class SmtpClientHandler extends SimpleChannelInboundHandler<SmtpResponse> {
  private static final long REPLY_MAX_SECONDS = 30;
  private static final String NAME = "load.elsewhere.example";

  /** What the next reply answers. */
  private enum Step {
    GREETING,
    HELLO,
    NOTHING,
    MAIL,
    RECIPIENT,
    DATA,
    CONTENT,
    RESET
  }

  /** A mail on its way. */
  private record Transaction(Mail mail, Consumer<Outcome> done) {}

  private Step step = Step.GREETING;
  private boolean usable = true;
  private Optional<ChannelHandlerContext> connection = Optional.empty();
  private Optional<Transaction> current = Optional.empty();
  private Optional<Outcome> refusal = Optional.empty();
  private Optional<Future<?>> deadline = Optional.empty();

  /**
   * Sends a mail as soon as the server has greeted. On the event loop, and not before the mail
   * before it is settled.
   *
   * @param done is told once, on the event loop
   */
  void send(Mail mail, Consumer<Outcome> done) {
    if (current.isPresent()) {
      throw new IllegalStateException("one mail at a time");
    }
    current = Optional.of(new Transaction(mail, done));
    if (!usable) {
      settle(new Outcome.Unknown("the connection is closed"));
    } else if (step == Step.NOTHING) {
      connection.ifPresent(this::begin);
    }
  }

  private void begin(ChannelHandlerContext context) {
    current.ifPresent(
        transaction -> command(context, Step.MAIL, SmtpRequests.mail(transaction.mail().from())));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    connection = Optional.of(context);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, SmtpResponse reply) {
    stopClock();
    int code = reply.code();
    if (code == 421) {
      close(context, new Outcome.Refused(code, text(reply)));
    } else if (code >= 400) {
      refused(context, new Outcome.Refused(code, text(reply)));
    } else {
      advance(context);
    }
  }

  private void advance(ChannelHandlerContext context) {
    switch (step) {
      case GREETING -> command(context, Step.HELLO, SmtpRequests.ehlo(NAME));
      case HELLO -> idle(context);
      case MAIL -> command(context, Step.RECIPIENT, SmtpRequests.rcpt(mail().to()));
      case RECIPIENT -> command(context, Step.DATA, SmtpRequests.data());
      case DATA -> content(context);
      case CONTENT -> finished(new Outcome.Accepted());
      case RESET -> finished(refusal.orElseThrow());
      case NOTHING -> close(context, new Outcome.Unknown("a reply to nothing"));
    }
  }

  private void idle(ChannelHandlerContext context) {
    step = Step.NOTHING;
    begin(context);
  }

  private void content(ChannelHandlerContext context) {
    step = Step.CONTENT;
    ByteBuf stuffed = DotStuffing.of(context.alloc(), mail().raw());
    write(context, new DefaultLastSmtpContent(stuffed));
  }

  private void finished(Outcome outcome) {
    step = Step.NOTHING;
    refusal = Optional.empty();
    settle(outcome);
  }

  private void refused(ChannelHandlerContext context, Outcome.Refused outcome) {
    switch (step) {
      case CONTENT -> finished(outcome);
      case MAIL, RECIPIENT, DATA -> {
        refusal = Optional.of(outcome);
        command(context, Step.RESET, SmtpRequests.rset());
      }
      default -> close(context, outcome);
    }
  }

  private void command(ChannelHandlerContext context, Step next, SmtpRequest request) {
    step = next;
    write(context, request);
  }

  private void write(ChannelHandlerContext context, Object message) {
    ChannelPromise promise = context.newPromise();
    promise.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    deadline =
        Optional.of(
            context
                .executor()
                .schedule(
                    () -> close(context, new Outcome.Unknown("no reply in time")),
                    REPLY_MAX_SECONDS,
                    TimeUnit.SECONDS));
    context.writeAndFlush(message, promise);
  }

  private void close(ChannelHandlerContext context, Outcome outcome) {
    usable = false;
    settle(outcome);
    context.close();
  }

  private void settle(Outcome outcome) {
    Optional<Transaction> settled = current;
    current = Optional.empty();
    settled.ifPresent(transaction -> transaction.done().accept(outcome));
  }

  private Mail mail() {
    return current.orElseThrow().mail();
  }

  private void stopClock() {
    deadline.ifPresent(running -> running.cancel(false));
    deadline = Optional.empty();
  }

  private static String text(SmtpResponse reply) {
    return reply.code() + " " + String.join(" / ", reply.details());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopClock();
    usable = false;
    settle(new Outcome.Unknown("the server closed the connection"));
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
    close(context, new Outcome.Unknown(broken.getClass().getSimpleName()));
  }
}
