package io.tributary.server.grpc;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.identity.Stamps;
import io.tributary.codecs.log.Action;
import io.tributary.codecs.log.Entry;
import io.tributary.codecs.log.EntryCodec;
import io.tributary.codecs.log.RecordedAction;
import io.tributary.codecs.message.Author;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Channel;
import io.tributary.codecs.message.Content;
import io.tributary.codecs.message.Delivery;
import io.tributary.codecs.message.Envelope;
import io.tributary.codecs.message.Recipient;
import io.tributary.codecs.message.References;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.mailbox.MailboxEnvironment;
import io.tributary.mailbox.MailboxLimits;
import io.tributary.mailbox.MailboxLinks;
import io.tributary.mailbox.MailboxObserver;
import io.tributary.mailbox.MailboxShard;
import io.tributary.server.mailbox.MailboxBus;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.MailboxVerticle;
import io.tributary.server.testing.ApiFixture;
import io.tributary.storage.FrozenEntry;
import io.tributary.storage.InMemoryActionLog;
import io.tributary.storage.LogId;
import io.tributary.v1.ListMessagesRequest;
import io.tributary.v1.ListThreadsRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads over gRPC as fast as they are answered: a closed loop, in one process with a real shard on
 * a log in memory. For people: {@code GrpcReadLoad [outstanding [requests]]}.
 */
final class GrpcReadLoad {
  private static final int MESSAGES = 200;
  private static final int CONNECTIONS = 4;

  private final Vertx server = Vertx.vertx();
  private final Vertx clients = Vertx.vertx();
  private final ApiFixture api = new ApiFixture(server, false);
  private final InMemoryActionLog log = new InMemoryActionLog();
  private final Stamps stamps = new Stamps(Incarnation.draw(new SplittableRandom(1)));
  private final GrpcClient client =
      GrpcClient.client(
          clients,
          clients.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false)
                  .setHttp2MultiplexingLimit(256),
              new PoolOptions().setHttp2MaxSize(CONNECTIONS)));

  public static void main(String[] arguments) throws Exception {
    int outstanding = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    new GrpcReadLoad().run(outstanding, requests);
  }

  private void run(int outstanding, int requests) throws Exception {
    SocketAddress address = SocketAddress.inetSocketAddress(start(), "127.0.0.1");
    for (int size : List.of(1, 10, 50)) {
      ListThreadsRequest threads =
          ListThreadsRequest.newBuilder().setUser("alice").setPageSize(size).build();
      ListMessagesRequest messages =
          ListMessagesRequest.newBuilder().setUser("alice").setPageSize(size).build();
      for (int round = 0; round < 2; round++) {
        Loop<?, ?> first =
            new Loop<>(address, MailboxServiceGrpcClient.ListThreads, threads, requests);
        System.out.println("ListThreads  page " + size + ": " + first.run(outstanding));
        Loop<?, ?> second =
            new Loop<>(address, MailboxServiceGrpcClient.ListMessages, messages, requests);
        System.out.println("ListMessages page " + size + ": " + second.run(outstanding));
      }
    }
    clients.close().await();
    server.close().await();
  }

  private int start() {
    UserAccount alice = api.alice;
    open(alice);
    server
        .deployVerticle(
            new MailboxVerticle(
                0,
                InstantSource.system(),
                scheduler ->
                    new MailboxShard(
                        MailboxLinks.withoutOutbox(log),
                        new MailboxEnvironment(
                            scheduler, InstantSource.system(), stamps, new SplittableRandom(2)),
                        MailboxLimits.DEFAULT,
                        MailboxObserver.NONE)))
        .await();
    MailboxBus bus = new MailboxBus(server.eventBus(), 1, Duration.ofSeconds(20));
    for (int i = 0; i < MESSAGES; i++) {
      Object stored =
          bus.ask(alice.id(), new MailboxRequest.Deliver(delivery(alice, i))).blockingGet();
      if (i == 0) {
        System.out.println(stored);
      }
    }
    var services =
        GrpcServices.of(
            api.services(), new CallLog(new SimpleMeterRegistry(), new SplittableRandom(1)));
    List<GrpcVerticle> deployed = new CopyOnWriteArrayList<>();
    server
        .deployVerticle(
            () -> {
              GrpcVerticle face =
                  new GrpcVerticle(
                      new GrpcVerticle.Listen(
                          "127.0.0.1", -1, Duration.ZERO, new HttpServerOptions()),
                      services,
                      () -> true,
                      () -> {});
              deployed.add(face);
              return face;
            },
            new DeploymentOptions().setInstances(2))
        .await();
    return deployed.get(0).boundPort();
  }

  private void open(UserAccount user) {
    Stamp stamp = stamps.next();
    Entry first =
        new Entry(
            stamp,
            List.of(
                new RecordedAction(
                    1,
                    Optional.empty(),
                    new Action.Opened(1, "c1", user.name(), user.addresses()),
                    Optional.empty())));
    FrozenEntry frozen =
        new FrozenEntry(new LogId(user.id(), 1), 1, stamp, Bytes.ofOwned(EntryCodec.encode(first)));
    System.out.println(log.append(frozen).blockingGet());
  }

  private static Delivery delivery(UserAccount user, int number) {
    Address from = Address.parse("email:c" + number % 50 + "@example.net");
    Author author = new Author(from, "", Author.Standing.OUTSIDE);
    Address to = user.addresses().get(1);
    return new Delivery(
        new Recipient(user.id(), 1, to),
        Optional.empty(),
        new Envelope(Channel.EMAIL, author, List.of(to), from.value(), 1),
        new Content(
            "subject " + number,
            "some text of an ordinary length, ".repeat(10),
            List.of(),
            Bytes.ofUtf8("raw " + number),
            References.NONE));
  }

  /** One method, asked again and again. */
  private final class Loop<Q, A> {
    private final SocketAddress address;
    private final ServiceMethod<A, Q> method;
    private final Q request;
    private final int requests;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final long[] nanos;
    private final CountDownLatch done;

    Loop(SocketAddress address, ServiceMethod<A, Q> method, Q request, int requests) {
      this.address = address;
      this.method = method;
      this.request = request;
      this.requests = requests;
      this.nanos = new long[requests];
      this.done = new CountDownLatch(requests);
    }

    String run(int outstanding) throws InterruptedException {
      long from = System.nanoTime();
      for (int i = 0; i < outstanding; i++) {
        next();
      }
      done.await();
      double seconds = (System.nanoTime() - from) / 1e9;
      Arrays.sort(nanos);
      return "%,.0f/s, p50 %.1f ms, p99 %.1f ms, failed %d"
          .formatted(
              requests / seconds,
              nanos[requests / 2] / 1e6,
              nanos[(int) (requests * 0.99)] / 1e6,
              failed.get());
    }

    private void next() {
      int number = begun.getAndIncrement();
      if (number >= requests) {
        return;
      }
      long from = System.nanoTime();
      client
          .request(address, method)
          .compose(
              call -> {
                call.headers().set("authorization", "Bearer " + api.alices);
                return call.send(request);
              })
          .compose(response -> response.last())
          .onComplete(
              answer -> {
                nanos[number] = System.nanoTime() - from;
                if (answer.failed() && failed.getAndIncrement() == 0) {
                  answer.cause().printStackTrace();
                }
                done.countDown();
                next();
              });
    }
  }
}
