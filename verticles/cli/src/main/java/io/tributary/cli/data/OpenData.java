package io.tributary.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that this process has to itself. {@link #check} finds whatever stands against that
 * and changes nothing; {@link #open} then makes the folders and takes the lock.
 */
public final class OpenData implements AutoCloseable {
  /** The version of {@link DataFolder}'s layout that this program writes. */
  static final int FORMAT = 1;

  static final long FREE_MIB_MIN = 512;

  private static final long MIB = 1L << 20;
  private static final Pattern FORMAT_LINE = Pattern.compile("tributary data (\\d{1,9})");

  private final DataFolder folder;
  private final UpLock lock;

  private OpenData(DataFolder folder, UpLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** The folder that is open. */
  public DataFolder folder() {
    return folder;
  }

  /**
   * Says why the folder can't be used, if it can't.
   *
   * @throws io.tributary.cli.shell.Failure with one line
   */
  public static void check(DataFolder folder) {
    Path root = folder.root();
    UpLock.holder(folder)
        .ifPresent(
            pid -> {
              throw Refusal.inUse(folder, pid);
            });
    try {
      Path existing = existing(root);
      if (!Files.isDirectory(existing)) {
        throw Refusal.notWritable(root, existing + " is not a folder");
      }
      checkContent(folder);
      if (!Files.isWritable(existing)) {
        throw Refusal.notWritable(root, "permission denied, or read-only");
      }
      checkRoom(root, existing);
    } catch (IOException unreadable) {
      throw Refusal.notWritable(root, unreadable);
    }
  }

  /**
   * Makes what is missing and takes the lock.
   *
   * @throws io.tributary.cli.shell.Failure with one line
   */
  public static OpenData open(DataFolder folder) {
    try {
      Files.createDirectories(folder.root());
      if (!Files.exists(folder.format())) {
        PrivateFile.write(folder.format(), "tributary data " + FORMAT + "\n");
      }
      PrivateFile.createFolder(folder.secrets());
      PrivateFile.createFolder(folder.run());
      PrivateFile.createFolder(folder.log());
      UpLock lock =
          UpLock.take(folder)
              .orElseThrow(() -> Refusal.inUse(folder, UpLock.holder(folder).orElse(0L)));
      Files.deleteIfExists(folder.readyFile());
      return new OpenData(folder, lock);
    } catch (IOException unwritable) {
      throw Refusal.notWritable(folder.root(), unwritable);
    }
  }

  private static void checkContent(DataFolder folder) throws IOException {
    Path root = folder.root();
    if (!Files.exists(root)) {
      return;
    }
    if (Files.exists(folder.format())) {
      checkFormat(folder);
    } else if (!isEmpty(root)) {
      throw Refusal.foreign(root);
    }
  }

  private static void checkFormat(DataFolder folder) throws IOException {
    String line = Files.size(folder.format()) > 100 ? "" : Files.readString(folder.format());
    Matcher matcher = FORMAT_LINE.matcher(line.strip());
    if (!matcher.matches()) {
      throw Refusal.damagedFormat(folder.format());
    }
    int found = Integer.parseInt(matcher.group(1));
    if (found > FORMAT) {
      throw Refusal.newer(folder.root(), found, FORMAT);
    }
  }

  private static boolean isEmpty(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void checkRoom(Path root, Path existing) throws IOException {
    long freeMib = Files.getFileStore(existing).getUsableSpace() / MIB;
    if (freeMib < FREE_MIB_MIN) {
      throw Refusal.full(root, freeMib, FREE_MIB_MIN);
    }
  }

  /** The folder itself or the nearest one above it that is there. */
  private static Path existing(Path root) {
    @Nullable Path candidate = root;
    while (candidate != null && !Files.exists(candidate)) {
      candidate = candidate.getParent();
    }
    return candidate == null ? root : candidate;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
