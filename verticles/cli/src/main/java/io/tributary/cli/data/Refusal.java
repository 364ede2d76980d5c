package io.tributary.cli.data;

import io.tributary.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Why a data folder can't be used, in one line. */
final class Refusal {
  private Refusal() {}

  static Failure notWritable(Path folder, String why) {
    return new Failure(
        "the data folder %s can't be written (%s): make it writable, or choose another with --data"
            .formatted(folder, why));
  }

  static Failure notWritable(Path folder, IOException thrown) {
    return notWritable(folder, reason(thrown));
  }

  private static String reason(IOException thrown) {
    if (thrown instanceof AccessDeniedException) {
      return "permission denied";
    }
    String known = thrown instanceof FileSystemException file ? file.getReason() : null;
    if (known == null) {
      known = thrown.getMessage();
    }
    return known == null ? thrown.getClass().getSimpleName() : known;
  }

  static Failure full(Path folder, long freeMib, long neededMib) {
    return new Failure(
        "the disk of the data folder %s is full: %d MiB are free, %d MiB are needed; free some, or choose another folder with --data"
            .formatted(folder, freeMib, neededMib));
  }

  static Failure inUse(DataFolder folder, long pid) {
    return new Failure(
        "Tributary already runs on %s (process %d): use that one, end it with Ctrl-C or `kill %d`, or choose another folder with --data"
            .formatted(folder.root(), pid, pid));
  }

  static Failure foreign(Path folder) {
    return new Failure(
        "%s is not empty and holds no Tributary data: choose another folder with --data"
            .formatted(folder));
  }

  static Failure newer(Path folder, int found, int known) {
    return new Failure(
        "the data folder %s has format %d, this version knows formats up to %d: run the newer version, or choose another folder with --data"
            .formatted(folder, found, known));
  }

  static Failure damagedFormat(Path file) {
    return new Failure(
        "the file %s is damaged: restore it from a backup, or choose another folder with --data"
            .formatted(file));
  }
}
