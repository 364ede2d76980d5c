package io.tributary.cli.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One supervisor per data folder. The operating system frees the lock when the process dies,
 * however it dies.
 */
public final class UpLock implements AutoCloseable {
  private final FileChannel channel;

  private UpLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty if another process has it. The folder {@code run} must exist. */
  public static Optional<UpLock> take(DataFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.lockFile(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(pid());
    return Optional.of(new UpLock(channel));
  }

  /**
   * The process that has the lock; empty if nobody has. Changes nothing. Not for the process that
   * has it: with POSIX locks, closing any channel of the file would free it.
   */
  public static Optional<Long> holder(DataFolder folder) {
    if (!Files.isRegularFile(folder.lockFile())) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(folder.lockFile(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null ? Optional.of(readPid(channel)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException own) {
      return null;
    }
  }

  private static ByteBuffer pid() {
    return StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n");
  }

  private static long readPid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
