package io.tributary.storage;

class InMemoryOwedMarkersTest implements OwedMarkersContract {
  private final InMemoryOwedMarkers testee = new InMemoryOwedMarkers();

  @Override
  public OwedMarkers testee() {
    return testee;
  }
}
