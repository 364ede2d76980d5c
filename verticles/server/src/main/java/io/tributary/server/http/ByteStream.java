package io.tributary.server.http;

import io.tributary.codecs.message.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.streams.WriteStream;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Bytes as a stream of messages, each at most 64 KiB and never empty, written no faster than the
 * caller reads. Owned by the event loop of its connection.
 */
public final class ByteStream<A> {
  public static final int CHUNK_BYTES_MAX = 64 * 1024;

  private final WriteStream<A> stream;
  private final Bytes bytes;
  private final Function<byte[], A> message;
  private final Promise<Void> sent = Promise.promise();
  private int from;
  private int end;

  public ByteStream(WriteStream<A> stream, Bytes bytes, Function<byte[], A> message) {
    this.stream = stream;
    this.bytes = bytes;
    this.message = message;
    this.end = bytes.length();
  }

  /** Only these bytes of all. */
  public ByteStream<A> of(ByteRange range) {
    from = range.first();
    end = range.last() + 1;
    return this;
  }

  /** Completes when the last chunk is handed over; fails if the caller went away. */
  public Future<Void> send() {
    stream.exceptionHandler(sent::tryFail);
    stream.drainHandler(ignored -> pump());
    pump();
    return sent.future();
  }

  private void pump() {
    while (!sent.future().isComplete() && !stream.writeQueueFull()) {
      if (from == end) {
        finish();
        return;
      }
      write(next());
    }
  }

  private A next() {
    int to = Math.min(from + CHUNK_BYTES_MAX, end);
    A chunk = message.apply(Arrays.copyOfRange(bytes.unsafeArray(), from, to));
    from = to;
    return chunk;
  }

  private void write(A chunk) {
    try {
      stream.write(chunk).onFailure(sent::tryFail);
    } catch (IllegalStateException closed) {
      sent.tryFail(closed);
    }
  }

  private void finish() {
    try {
      stream.end().onComplete(ended -> sent.tryComplete(), sent::tryFail);
    } catch (IllegalStateException closed) {
      sent.tryFail(closed);
    }
  }
}
