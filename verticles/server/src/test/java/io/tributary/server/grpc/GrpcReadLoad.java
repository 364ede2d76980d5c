package io.tributary.server.grpc;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.discovery.directory.UserAccount;
import io.tributary.server.testing.ApiFixture;
import io.tributary.server.testing.RealMailboxes;
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
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
    RealMailboxes mailboxes = new RealMailboxes(server);
    mailboxes.open(alice);
    String text = "some text of an ordinary length, ".repeat(10);
    for (int i = 0; i < MESSAGES; i++) {
      var unused = mailboxes.deliver(alice, "c" + i % 50 + "@example.net", text + i);
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
      long cpuFrom = cpuNanos();
      for (int i = 0; i < outstanding; i++) {
        next();
      }
      done.await();
      double seconds = (System.nanoTime() - from) / 1e9;
      double cpuMicros = (cpuNanos() - cpuFrom) / 1e3 / requests;
      Arrays.sort(nanos);
      return "%,.0f/s, p50 %.1f ms, p99 %.1f ms, failed %d, %.0f µs of processor each"
          .formatted(
              requests / seconds,
              nanos[requests / 2] / 1e6,
              nanos[(int) (requests * 0.99)] / 1e6,
              failed.get(),
              cpuMicros);
    }

    /** Of the whole process: on a busy machine it says more than the time on the wall. */
    private static long cpuNanos() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
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
