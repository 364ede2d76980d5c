package io.tributary.loadtests.traffic;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what comes over the network. */
final class Answers {
  private static final int PATIENCE_SECONDS = 20;

  private Answers() {}

  /**
   * The answer.
   *
   * @throws IOException if it fails or does not come in time
   */
  static <T> T await(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IOException("no answer", failed);
    } catch (TimeoutException late) {
      throw new IOException("no answer in time", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
