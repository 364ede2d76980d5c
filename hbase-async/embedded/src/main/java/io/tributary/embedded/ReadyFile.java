package io.tributary.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Tells the parent, as one JSON object, that the tables can be used and where. */
record ReadyFile(Optional<Path> file) {

  void remove() {
    file.ifPresent(
        path -> {
          try {
            Files.deleteIfExists(path);
          } catch (IOException e) {
            throw notWritable(path, e);
          }
        });
  }

  void write(Arguments arguments) {
    file.ifPresent(
        path -> {
          try {
            Path draft = path.resolveSibling(path.getFileName() + ".draft");
            Files.writeString(draft, text(arguments));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw notWritable(path, e);
          }
        });
  }

  /** The argument patterns leave nothing in these values that JSON would escape. */
  private static String text(Arguments arguments) {
    return """
        {"pid":%d,"zookeeper":"%s","znode":"%s"}
        """
        .formatted(ProcessHandle.current().pid(), arguments.zookeeper(), arguments.znode());
  }

  private static StartupFailure notWritable(Path path, IOException e) {
    return new StartupFailure(
        "the ready file %s can't be written: choose another with --ready-file".formatted(path), e);
  }
}
