package io.tributary.storage;

class InMemorySnapshotStoreTest implements SnapshotStoreContract {
  private final InMemorySnapshotStore testee = new InMemorySnapshotStore();

  @Override
  public SnapshotStore testee() {
    return testee;
  }
}
