package io.tributary.cli.api;

import com.google.protobuf.ByteString;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.DownloadPartRequest;
import io.tributary.v1.MailboxServiceGrpcClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code message part}: one part, decoded. */
@Command(
    name = "part",
    description = "One part of a message, decoded, to standard output or a file.",
    mixinStandardHelpOptions = true)
final class MessagePart extends ApiCommand {
  @Parameters(index = "0", paramLabel = "USER", description = "Whose mailbox: a user's name.")
  private String who = "";

  @Parameters(index = "1", paramLabel = "ID", description = "Which message.")
  private String id = "";

  @Parameters(index = "2", paramLabel = "INDEX", description = "As `message show` shows it.")
  private int index;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to.")
  private Optional<Path> out = Optional.empty();

  MessagePart(Shell shell) {
    super(shell);
  }

  @Override
  Optional<String> user() {
    return Optional.of(who);
  }

  @Override
  void check() {
    if (index < 0) {
      throw wrong("INDEX: from 0, not " + index);
    }
  }

  @Override
  int run(Api api) {
    List<ByteString> chunks = new ArrayList<>();
    api.stream(
        MailboxServiceGrpcClient.DownloadPart,
        DownloadPartRequest.newBuilder().setUser(who).setId(id).setIndex(index).build(),
        chunk -> chunks.add(chunk.getData()));
    try {
      Bytes.show(shell(), ByteString.copyFrom(chunks), out);
      return 0;
    } catch (IOException unwritable) {
      throw new Failure("message part: can't write: " + unwritable.getMessage(), unwritable);
    }
  }
}
