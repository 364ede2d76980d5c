package io.tributary.cli.data;

import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The installation that a client command finds through its data folder. */
public record Installation(DataFolder folder, Shell shell) {

  /** What it says of itself, if it is ready. */
  public Optional<Ready> ready() {
    try {
      return Ready.read(folder.readyFile());
    } catch (IOException unreadable) {
      throw new Failure(
          "can't read %s (%s); name the server and a token instead, with --grpc and --token"
              .formatted(folder.readyFile(), unreadable.getMessage()),
          unreadable);
    }
  }

  /** The same, or one line that says why there is nothing and what to do. */
  public Ready readyOrExplain(String instead) {
    return ready().orElseThrow(() -> new Failure(explanation(instead)));
  }

  private String explanation(String instead) {
    return UpLock.holder(folder)
        .map(
            pid ->
                "Tributary on %s (process %d) is not ready: it is starting, or restarting a part; try again in a moment"
                    .formatted(folder.root(), pid))
        .orElseGet(
            () ->
                "Tributary isn't running on %s: start it with `%s up%s`, or name a server with %s"
                    .formatted(folder.root(), shell.launcher(), dataOption(folder), instead));
  }

  /** The option that leads a command to this folder; nothing if it is the default. */
  public static String dataOption(DataFolder folder) {
    return folder.root().equals(Path.of(DataFolder.DEFAULT).toAbsolutePath().normalize())
        ? ""
        : " --data " + quoted(folder.root().toString());
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./+@%:,=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  /** The content of a secret of the data folder, if it is there and may be read. */
  public static Optional<String> secret(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
