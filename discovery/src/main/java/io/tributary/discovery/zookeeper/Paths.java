package io.tributary.discovery.zookeeper;

/** Where things lie in ZooKeeper; drawn in this package's description. */
record Paths(String cell) {
  private static final String ROOT = "/tributary";

  String cells() {
    return ROOT + "/cells";
  }

  String slots() {
    return ROOT + "/slots";
  }

  String pins() {
    return ROOT + "/pins";
  }

  String ring() {
    return own() + "/ring";
  }

  String leader() {
    return own() + "/leader";
  }

  String nodes() {
    return own() + "/nodes";
  }

  String node(String id) {
    return nodes() + "/" + id;
  }

  private String own() {
    return ROOT + "/cell/" + cell;
  }
}
