package io.tributary.loadtests.traffic;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.sms.IncomingSms;
import io.tributary.loadtests.sms.Webhook;
import io.tributary.loadtests.wire.ClientLoop;
import io.tributary.loadtests.wire.HttpPosts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An SMS provider: signed webhooks, of which a message's are all the same. */
public final class SmsOutlet implements Outlet {
  private static final int HTTP_NO_CONTENT = 204;
  private static final int HTTP_TOO_MANY = 429;

  private final ClientLoop loop;
  private final Supplier<InetSocketAddress> servers;
  private final Target target;
  private final List<LoadUser> receivers;
  private final Texts texts;
  private Optional<String> author = Optional.empty();
  private Optional<HttpPosts> connection = Optional.empty();
  private byte[] request = {};

  /**
   * @param servers asked for each connection
   * @param target whose account it is, and how the provider calls it
   * @param receivers who take turns
   */
  public SmsOutlet(
      ClientLoop loop,
      Supplier<InetSocketAddress> servers,
      Target target,
      List<LoadUser> receivers,
      Texts texts) {
    this.loop = loop;
    this.servers = servers;
    this.target = target;
    this.receivers = List.copyOf(receivers);
    this.texts = texts;
  }

  /** All messages are from this number; without it they are from many that no user has. */
  public SmsOutlet from(String phone) {
    author = Optional.of(phone);
    return this;
  }

  private IncomingSms sms(LoadUser to, Texts.Text text) {
    return author
        .map(from -> new IncomingSms(text.id(), text.number(), from, to.phone(), text.words()))
        .orElseGet(() -> IncomingSms.to(to.phone(), text.id(), text.number(), text.words()));
  }

  @Override
  public Posting draw() {
    Texts.Text text = texts.next();
    LoadUser to = receivers.get((int) (text.number() % receivers.size()));
    Target.SmsAccount account = target.sms();
    request =
        Webhook.of(sms(to, text), target.publicUrl(), account.account(), account.authToken())
            .request(target.publicUrl().getAuthority());
    return new Posting(text.id(), Set.of(to.name()), Digests.of(text.words()));
  }

  @Override
  public Answer send() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(HttpPosts.open(loop, servers.get()));
    }
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    connection.get().post(request, answer::complete);
    int status = Answers.await(answer);
    return new Answer(verdict(status), "HTTP " + status);
  }

  private static Verdict verdict(int status) throws IOException {
    if (status == HttpPosts.LOST) {
      throw new IOException("connection lost");
    }
    if (status == HTTP_NO_CONTENT) {
      return Verdict.ACKNOWLEDGED;
    }
    return status == HTTP_TOO_MANY || status >= 500 ? Verdict.AGAIN : Verdict.REFUSED;
  }

  @Override
  public void drop() {
    connection.ifPresent(HttpPosts::close);
    connection = Optional.empty();
  }
}
