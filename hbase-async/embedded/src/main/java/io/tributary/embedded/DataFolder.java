package io.tributary.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one HBase, locked while this process lives:
 *
 * <pre>
 * lock        held by the running child
 * id          a UUID, also written to ZooKeeper: which folder the state there belongs to
 * complete    exists once the tables have been made; until then root/ is moved aside at each start
 * root/       HBase's own files
 * tmp/        scratch space
 * </pre>
 */
final class DataFolder implements AutoCloseable {

  private static final long MIB = 1L << 20;
  private static final String HALF_MADE = "root.half-made.";

  private static final List<String> WITHOUT_WHICH_NOTHING =
      List.of("hbase.version", "hbase.id", "MasterData/data/master/store", "data/hbase/meta");

  private final Path folder;
  private final FileChannel lock;
  private final String id;

  private DataFolder(Path folder, FileChannel lock, String id) {
    this.folder = folder;
    this.lock = lock;
    this.id = id;
  }

  /**
   * Takes the folder for this process.
   *
   * @throws StartupFailure if it can't be written, is nearly full, is in use or isn't ours
   */
  static DataFolder open(Path folder, long freeMib) {
    FileChannel lock = lock(folder);
    try {
      checkRoom(folder, freeMib);
      DataFolder opened = new DataFolder(folder, lock, readOrCreateId(folder));
      opened.discardHalfMade();
      opened.checkFiles();
      Files.createDirectories(opened.root());
      Files.createDirectories(opened.temporary());
      return opened;
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  Path root() {
    return folder.resolve("root");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  String id() {
    return id;
  }

  /** Whether the tables were made at an earlier start. */
  boolean isComplete() {
    return Files.exists(folder.resolve("complete"));
  }

  /** Notes that the tables have been made. */
  void complete() {
    try {
      if (!isComplete()) {
        writeDurably(folder, "complete", "");
        deleteHalfMade();
      }
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  /**
   * A first start that was cut off leaves files that HBase may not understand. Nobody has been told
   * that anything is stored before the folder is complete, so they are moved aside.
   */
  private void discardHalfMade() throws IOException {
    if (isComplete() || !Files.exists(root())) {
      return;
    }
    Path aside = folder.resolve(HALF_MADE + UUID.randomUUID());
    Files.move(root(), aside, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Without these HBase would wait for ever, or begin anew. */
  private void checkFiles() {
    for (String name : WITHOUT_WHICH_NOTHING) {
      if (isComplete() && !Files.exists(root().resolve(name))) {
        throw new StartupFailure(
            "the data folder %s is damaged (root/%s is missing): restore it from a backup, or choose another folder with --data"
                .formatted(folder, name));
      }
    }
  }

  private void deleteHalfMade() throws IOException {
    try (DirectoryStream<Path> asides = Files.newDirectoryStream(folder, HALF_MADE + "*")) {
      for (Path aside : asides) {
        FileUtils.deleteDirectory(aside.toFile());
      }
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        throw new StartupFailure(
            "the data folder %s is in use by another HBase: stop that one, or choose another folder with --data"
                .formatted(folder));
      }
      return channel;
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void checkRoom(Path folder, long freeMib) throws IOException {
    long usableMib = Files.getFileStore(folder).getUsableSpace() / MIB;
    if (usableMib < freeMib) {
      throw new StartupFailure(
          "the disk of the data folder %s is full: %d MiB are free and %d MiB are needed: free some, or choose another folder with --data"
              .formatted(folder, usableMib, freeMib));
    }
  }

  private static String readOrCreateId(Path folder) throws IOException {
    Path file = folder.resolve("id");
    if (Files.exists(file)) {
      return checkedId(folder, Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
    if (Files.exists(folder.resolve("root"))) {
      throw new StartupFailure(
          "the data folder %s has HBase files but no id: restore it from a backup, or choose another folder with --data"
              .formatted(folder));
    }
    String id = UUID.randomUUID().toString();
    writeDurably(folder, "id", id + "\n");
    return id;
  }

  private static String checkedId(Path folder, String id) {
    try {
      return UUID.fromString(id).toString();
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "the file %s is damaged: restore it from a backup, or choose another folder with --data"
              .formatted(folder.resolve("id")),
          e);
    }
  }

  private static void writeDurably(Path folder, String name, String text) throws IOException {
    Path draft = folder.resolve(name + ".draft");
    Files.writeString(draft, text, StandardCharsets.US_ASCII);
    force(draft);
    Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(folder);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static StartupFailure notWritable(Path folder, IOException e) {
    return new StartupFailure(
        "the data folder %s can't be written (%s): make it writable, or choose another folder with --data"
            .formatted(folder, reason(e)),
        e);
  }

  private static String reason(IOException e) {
    String known = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return known == null ? e.getClass().getSimpleName() : known;
  }
}
