package io.tributary.loadtests.traffic;

import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.audit.Digests;
import io.tributary.loadtests.audit.LiveBook;
import io.tributary.loadtests.audit.Posting;
import io.tributary.loadtests.chat.Frames;
import io.tributary.loadtests.chat.ServerFrame;
import io.tributary.loadtests.wire.ChatSocket;
import io.tributary.loadtests.wire.ClientLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A chat client that writes to somebody; a message must lie in both mailboxes. */
public final class ChatOutlet implements Outlet {
  private final ClientLoop loop;
  private final Supplier<InetSocketAddress> servers;
  private final Ends ends;
  private final Texts texts;
  private final LiveBook live;
  private Optional<Connection> connection = Optional.empty();
  private String id = "";
  private String words = "";

  /**
   * Who writes to whom.
   *
   * @param device of the writer, unique in the run
   */
  public record Ends(LoadUser from, LoadUser to, String device) {
    private Set<String> mailboxes() {
      return Set.of(from.name(), to.name());
    }
  }

  /**
   * @param servers asked for each connection
   * @param live is told what has been acknowledged
   */
  public ChatOutlet(
      ClientLoop loop, Supplier<InetSocketAddress> servers, Ends ends, Texts texts, LiveBook live) {
    this.live = live;
    this.loop = loop;
    this.servers = servers;
    this.ends = ends;
    this.texts = texts;
  }

  @Override
  public Posting draw() {
    Texts.Text text = texts.next();
    id = text.id();
    words = text.words();
    return new Posting(id, ends.mailboxes(), Digests.of(words));
  }

  @Override
  public Answer send() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(new Connection());
    }
    ServerFrame frame;
    try {
      frame = connection.get().send();
    } catch (RefusedException refused) {
      drop();
      return new Answer(Verdict.REFUSED, String.valueOf(refused.getMessage()));
    }
    Verdict verdict = verdict(frame);
    if (verdict == Verdict.ACKNOWLEDGED) {
      live.acknowledged(id, ends.mailboxes());
    }
    return new Answer(verdict, frame.type() + " " + frame.code());
  }

  private static Verdict verdict(ServerFrame frame) {
    if (frame.type().equals("sent")) {
      return Verdict.ACKNOWLEDGED;
    }
    return frame.retry() ? Verdict.AGAIN : Verdict.REFUSED;
  }

  @Override
  public void drop() {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }

  /** A socket that was welcomed. */
  private final class Connection implements ChatSocket.Ear {
    private final Map<String, CompletableFuture<ServerFrame>> awaited = new ConcurrentHashMap<>();
    private final CompletableFuture<ServerFrame> welcome = new CompletableFuture<>();
    private final CompletableFuture<ServerFrame> end = new CompletableFuture<>();
    private final ChatSocket socket;

    Connection() {
      ChatSocket.Device device =
          new ChatSocket.Device(ends.from().token(), ends.device(), Optional.empty());
      socket = ChatSocket.open(loop, servers.get(), device, this);
    }

    /** Returns what was said about the message. */
    ServerFrame send() throws IOException {
      Answers.await(orEnd(welcome));
      CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
      awaited.put(id, answer);
      socket.send(Frames.send(id, ends.to().name(), words));
      return Answers.await(orEnd(answer));
    }

    private CompletableFuture<ServerFrame> orEnd(CompletableFuture<ServerFrame> frame) {
      return frame.applyToEither(end, either -> either);
    }

    @Override
    public void heard(ServerFrame frame) {
      if (frame.type().equals("welcome")) {
        welcome.complete(frame);
      }
      if (frame.type().equals("error") && frame.id().isEmpty()) {
        end.completeExceptionally(ended(frame));
      }
      if (frame.type().equals("sent") || frame.type().equals("error")) {
        frame.id().map(awaited::remove).ifPresent(answer -> answer.complete(frame));
      }
    }

    private static IOException ended(ServerFrame error) {
      String words = "error " + error.code();
      return error.retry() ? new IOException(words) : new RefusedException(words);
    }

    @Override
    public void lost(String why) {
      end.completeExceptionally(new IOException(why));
    }

    void close() {
      socket.close();
    }
  }
}
