package io.tributary.discovery.zookeeper;

/** Where things lie in ZooKeeper; drawn in this package's description. */
record Paths(String cell) {
  private static final String ROOT = "/tributary";

  static final String CELLS = ROOT + "/cells";
  static final String SLOTS = ROOT + "/slots";
  static final String PINS = ROOT + "/pins";

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

  String loads() {
    return own() + "/loads";
  }

  String load(String id) {
    return loads() + "/" + id;
  }

  String comings(String id) {
    return own() + "/comings/" + id;
  }

  String drain(String id) {
    return own() + "/drain/" + id;
  }

  private String own() {
    return ROOT + "/cell/" + cell;
  }
}
