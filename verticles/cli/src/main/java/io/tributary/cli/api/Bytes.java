package io.tributary.cli.api;

import com.google.protobuf.ByteString;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes from a mailbox, on their way to a file, a pipe or a terminal. */
final class Bytes {
  private Bytes() {}

  /** A terminal shows text only, without what would steer it. */
  static void show(Shell shell, ByteString bytes, Optional<Path> out) throws IOException {
    if (out.isPresent()) {
      Files.write(out.get(), bytes.toByteArray());
    } else if (shell.terminal()) {
      shell.out().println(Plain.text(bytes.toStringUtf8()));
      shell.err().println("(control characters left out; --out FILE saves every byte)");
    } else {
      shell.out().write(bytes.toByteArray());
      shell.out().flush();
    }
  }
}
