package io.tributary.discovery.zookeeper;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of one ZooKeeper, locked while this process lives:
 *
 * <pre>
 * lock     held by the running child
 * state/   ZooKeeper's own files: transaction logs and snapshots
 * </pre>
 */
final class EmbeddedZooKeeperFolder implements AutoCloseable {
  private static final long MIB = 1L << 20;

  private final Path folder;
  private final FileChannel lock;

  private EmbeddedZooKeeperFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Why the child can't start, in one line with a way out. */
  static final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String line;

    StartupFailure(String line) {
      super(line);
      this.line = line;
    }

    String line() {
      return line;
    }
  }

  /**
   * Takes the folder for this process.
   *
   * @throws StartupFailure if it can't be written, is in use or nearly full
   */
  static EmbeddedZooKeeperFolder open(Path folder, long freeMib) {
    try {
      Files.createDirectories(folder);
      EmbeddedZooKeeperFolder opened = new EmbeddedZooKeeperFolder(folder, lock(folder));
      opened.checkRoom(freeMib);
      Files.createDirectories(opened.state().toPath());
      return opened;
    } catch (IOException unwritable) {
      throw notWritable(folder, unwritable);
    }
  }

  File state() {
    return folder.resolve("state").toFile();
  }

  /** A way to say it, or empty text while there is room. */
  String fullDiskHint() {
    try {
      return Files.getFileStore(folder).getUsableSpace() < MIB
          ? ": the disk of " + folder + " is full"
          : "";
    } catch (IOException unreadable) {
      return ": " + folder + " is gone (" + reason(unreadable) + ")";
    }
  }

  private void checkRoom(long freeMib) throws IOException {
    long usableMib = Files.getFileStore(folder).getUsableSpace() / MIB;
    if (usableMib < freeMib) {
      throw new StartupFailure(
          ("the disk of the data folder %s is full: %d MiB are free and %d MiB are needed: free"
                  + " some, or choose another folder with --data")
              .formatted(folder, usableMib, freeMib));
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      // Held by this very process: as good as by another.
    }
    throw new StartupFailure(
        ("the data folder %s is in use by another ZooKeeper: stop that one, or choose another"
                + " folder with --data")
            .formatted(folder));
  }

  private static StartupFailure notWritable(Path folder, IOException cause) {
    return new StartupFailure(
        ("the data folder %s can't be written (%s): make it writable, or choose another folder"
                + " with --data")
            .formatted(folder, reason(cause)));
  }

  static String reason(IOException cause) {
    String known =
        cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
    return known == null ? cause.getClass().getSimpleName() : known;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
