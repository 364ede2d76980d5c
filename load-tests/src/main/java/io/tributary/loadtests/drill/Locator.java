package io.tributary.loadtests.drill;

import io.tributary.loadtests.Installation;
import io.tributary.loadtests.api.Api;
import io.tributary.loadtests.api.ApiException;
import io.tributary.loadtests.api.LoadUser;
import io.tributary.loadtests.api.Target;
import io.tributary.v1.DirectoryServiceGrpcClient;
import io.tributary.v1.LocateRequest;
import io.tributary.v1.LocateResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Who serves whom, as each node sees it. */
final class Locator implements AutoCloseable {
  private final Map<String, Api> apis = new LinkedHashMap<>();
  private final Map<Place, String> names = new LinkedHashMap<>();

  /** A node by its cell and its id there. */
  private record Place(String cell, String node) {}

  Locator(Installation installation, List<Target.Node> nodes, String operatorToken)
      throws IOException {
    for (Target.Node node : nodes) {
      apis.put(node.name(), new Api(node.faces().grpc(), operatorToken));
      names.put(new Place(node.cell(), id(installation, node)), node.name());
    }
  }

  private static String id(Installation installation, Target.Node node) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Map<String, Object>> file =
        yaml.load(Files.readString(installation.file("run/" + node.name() + ".yaml")));
    return String.valueOf(file.getOrDefault("node", Map.of()).get("id"));
  }

  /** The API of a node. */
  Api api(String node) {
    Api api = apis.get(node);
    if (api == null) {
      throw new IllegalArgumentException(node + " is none of " + apis.keySet());
    }
    return api;
  }

  /** Where a user's mailbox is served; asks for a while. */
  Person locate(String askedNode, LoadUser user) {
    LocateResponse place =
        api(askedNode)
            .call(
                DirectoryServiceGrpcClient.Locate,
                LocateRequest.newBuilder().setName(user.name()).build());
    return new Person(user, place.getCell(), name(place));
  }

  /** The name of the process that serves them, as a node sees it now; empty if it does not say. */
  Optional<String> owner(String askedNode, Person person) {
    try {
      LocateResponse place =
          api(askedNode)
              .once(
                  DirectoryServiceGrpcClient.Locate,
                  LocateRequest.newBuilder().setName(person.name()).build());
      return Optional.of(name(place));
    } catch (ApiException noAnswer) {
      return Optional.empty();
    }
  }

  /** Whether a node sees all of these served by one of those. */
  boolean allServedBy(String askedNode, List<Person> people, List<String> owners) {
    return people.stream()
        .allMatch(person -> owner(askedNode, person).filter(owners::contains).isPresent());
  }

  /** Whether a node sees one of these served by that one, or does not say. */
  boolean anyServedBy(String askedNode, List<Person> people, String owner) {
    return people.stream()
        .anyMatch(
            person -> owner(askedNode, person).filter(other -> !other.equals(owner)).isEmpty());
  }

  private String name(LocateResponse place) {
    return names.getOrDefault(
        new Place(place.getCell(), place.getNode()), place.getCell() + "/" + place.getNode());
  }

  @Override
  public void close() {
    apis.values().forEach(Api::close);
  }
}
