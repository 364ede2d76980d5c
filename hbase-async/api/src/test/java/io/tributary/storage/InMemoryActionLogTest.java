package io.tributary.storage;

class InMemoryActionLogTest implements ActionLogContract {
  private final InMemoryActionLog log = new InMemoryActionLog();

  @Override
  public ActionLog testee() {
    return log;
  }
}
