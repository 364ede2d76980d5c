package io.tributary.loadtests.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Users;
import io.tributary.loadtests.options.OwnFolder;
import io.tributary.loadtests.wire.ClientLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The same load on one node, on two nodes of a cell, and on two cells, all on this machine: what
 * dividing costs, since no processor is added.
 */
final class ScaleBench {
  private static final int CHAT_IN_FLIGHT = 4;

  private final Path folder;
  private final TurnsOptions turns;
  private final Sizes sizes;
  private final Consumer<Figure> said;

  /**
   * @param folder where installations are made, one after the other
   */
  ScaleBench(Path folder, TurnsOptions turns, Sizes sizes, Consumer<Figure> said) {
    this.folder = folder;
    this.turns = turns;
    this.sizes = sizes;
    this.said = said;
  }

  List<Scaled> measure() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<Scaled> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      Path data = folder.resolve(layout.name().toLowerCase(Locale.ROOT));
      try (Installation installation =
          Installation.start(OwnFolder.project(), data, layout.shape())) {
        Runtime.getRuntime().addShutdownHook(new Thread(installation::requestStop));
        Site site = Site.read(installation.file("run/ready.json"));
        all.add(sms(layout, site));
        all.add(chat(layout, site));
      }
    }
    return all;
  }

  private static List<LoadUser> users(Site site, int count) {
    try (Api api = new Api(site.target().faces().grpc(), site.target().operatorToken())) {
      return new Users(api).take(count, site.target().users());
    }
  }

  private Scaled sms(Layout layout, Site site) throws IOException, InterruptedException {
    Turns now = turns.turns(site.cpu());
    SmsBench bench = new SmsBench(site.target(), Cases.marker(), now);
    List<LoadUser> mailboxes = users(site, sizes.mailboxes());
    try (ClientLoop loop = ClientLoop.open()) {
      return said(
          new Scaled(
              "sms, %d connections".formatted(sizes.connections()),
              layout,
              now.alone(bench.lanes(loop, mailboxes, sizes.connections()))));
    }
  }

  private Scaled chat(Layout layout, Site site) throws InterruptedException {
    Turns now = turns.turns(site.cpu());
    ChatBench bench = new ChatBench(site.target(), Cases.marker(), now);
    List<LoadUser> people = users(site, 2 * sizes.pairs());
    try (ClientLoop loop = ClientLoop.open()) {
      List<ChatPair> pairs = bench.pairs(loop, people);
      Scaled found =
          new Scaled(
              "chat, %d pairs with %d under way".formatted(sizes.pairs(), CHAT_IN_FLIGHT),
              layout,
              now.alone(ChatBench.lanes(pairs, CHAT_IN_FLIGHT)));
      pairs.forEach(ChatPair::close);
      return said(found);
    }
  }

  private Scaled said(Scaled scaled) {
    said.accept(
        Figure.alone(
            new Figure.Case("scale", scaled.name() + ", " + scaled.layout(), "", Map.of()),
            JsonNodeFactory.instance.objectNode().put("layout", scaled.layout().toString()),
            scaled.found()));
    return scaled;
  }
}
