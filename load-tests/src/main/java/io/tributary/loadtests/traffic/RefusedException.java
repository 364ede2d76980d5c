package io.tributary.loadtests.traffic;

import java.io.IOException;

/** The server does not want this client, now or ever. */
final class RefusedException extends IOException {
  RefusedException(String answer) {
    super(answer);
  }
}
