package io.tributary.store;

/** What waits to go to a region together with others. Used within turns. */
interface RegionOffer {

  /** Two of the same don't go in one request: HBase would take the same row twice and lose one. */
  Object exclusion();

  /** How much it adds to a request. */
  int bytes();

  /** Whether it may be sent; false if its caller was told that it never was. */
  boolean send();
}
