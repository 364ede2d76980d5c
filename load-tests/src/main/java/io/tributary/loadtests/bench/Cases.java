package io.tributary.loadtests.bench;

import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Users;
import io.tributary.loadtests.audit.Marker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The cases, in all their variants, against one installation.
 *
 * @param api of its first node, as an operator
 * @param said told each figure
 */
record Cases(Site site, Api api, Turns turns, Consumer<Figure> said) {
  private static final int FEW = 2;
  private static final int FORWARD_USERS = 24;
  private static final int FORWARD_IN_FLIGHT = 32;
  private static final ReadsBench.Breadth READS = new ReadsBench.Breadth(2, 32);

  static Marker marker() {
    return new Marker(Long.toString(System.currentTimeMillis(), 36));
  }

  private List<LoadUser> users(int count) {
    return new Users(api).take(count, site.target().users());
  }

  void sms(int mailboxes, int connections, LogTable log) throws InterruptedException, IOException {
    SmsBench bench = new SmsBench(site.target(), marker(), turns);
    List<LoadUser> all = users(mailboxes);
    said.accept(bench.measure(all, connections, log));
    if (all.size() > FEW) {
      said.accept(bench.measure(all.subList(0, FEW), connections, log));
    }
  }

  void chat(int pairs, LogTable log) throws InterruptedException {
    ChatBench bench = new ChatBench(site.target(), marker(), turns);
    List<LoadUser> people = users(2 * pairs);
    for (int inFlight : List.of(1, 4)) {
      said.accept(bench.measure(people, inFlight, log));
    }
  }

  void forward() throws InterruptedException, IOException {
    ForwardBench bench = new ForwardBench(site.target(), turns);
    Map<ForwardBench.Distance, LoadUser> users =
        ForwardBench.choose(site, api, users(FORWARD_USERS));
    for (ForwardBench.Distance distance : users.keySet()) {
      if (distance != ForwardBench.Distance.SAME_NODE) {
        said.accept(bench.measure(users, distance, 1));
        said.accept(bench.measure(users, distance, FORWARD_IN_FLIGHT));
      }
    }
  }

  void reads() throws InterruptedException, IOException {
    ReadsBench bench = new ReadsBench(site.target(), turns);
    LoadUser reader = new Users(api).reader(site.target().users());
    bench.fill(api, reader, marker());
    for (ReadsBench.Listing listing : ReadsBench.Listing.values()) {
      for (int pageSize : List.of(10, 50)) {
        said.accept(bench.measure(reader, listing, pageSize, READS));
      }
    }
  }

  void idle(int socketUsers, int sockets) throws InterruptedException {
    said.accept(new IdleBench(site, marker()).measure(users(socketUsers), sockets));
  }
}
