package io.tributary.storage;

final class InMemoryDirectoryStoreTest implements DirectoryStoreContract {
  private final InMemoryDirectoryStore store = new InMemoryDirectoryStore();

  @Override
  public DirectoryStore testee() {
    return store;
  }
}
