package io.tributary.cli.api;

import com.google.protobuf.ByteString;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.v1.DownloadRawRequest;
import io.tributary.v1.Freshness;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code message raw}: what came in, byte for byte. */
@Command(
    name = "raw",
    description = {
      "A message as it came in, byte for byte, to standard output or a file.",
      "With --all: every message of the mailbox, each to a file SEQ-ID.eml in the folder of --out."
    },
    mixinStandardHelpOptions = true)
final class MessageRaw extends ApiCommand {
  @Parameters(index = "0", paramLabel = "USER", description = "Whose mailbox: a user's name.")
  private String who = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Which message.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  @Option(names = "--out", paramLabel = "PATH", description = "A file; with --all a folder.")
  private Optional<Path> out = Optional.empty();

  MessageRaw(Shell shell) {
    super(shell);
  }

  @Override
  Optional<String> user() {
    return Optional.of(who);
  }

  @Override
  void check() {
    if (all == id.isPresent() || (all && out.isEmpty())) {
      throw wrong("give either an ID, or --all and --out");
    }
  }

  @Override
  int run(Api api) {
    try {
      if (all) {
        saveAll(api, out.orElseThrow());
      } else {
        Bytes.show(shell(), download(api, id.orElseThrow()), out);
      }
      return 0;
    } catch (IOException unwritable) {
      throw new Failure("message raw: can't write: " + unwritable.getMessage(), unwritable);
    }
  }

  private void saveAll(Api api, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Message> messages = new ArrayList<>();
    int count = new MessagePages(api, who, "", Freshness.COMMITTED, false).each(messages::addAll);
    int saved = 0;
    for (Message message : messages) {
      saved += save(api, message, folder) ? 1 : 0;
    }
    shell().err().println(saved + " of " + count + " messages saved in " + folder);
  }

  private boolean save(Api api, Message message, Path folder) throws IOException {
    try {
      byte[] raw = download(api, message.getId()).toByteArray();
      Files.write(folder.resolve(fileName(message)), raw);
      return true;
    } catch (ApiException refused) {
      if (refused.status() == GrpcStatus.FAILED_PRECONDITION) {
        shell().err().println(Plain.line(message.getId() + ": " + refused.reason()));
        return false;
      }
      throw refused;
    }
  }

  static String fileName(Message message) {
    String id = message.getId().replaceAll("[^A-Za-z0-9_-]", "_");
    return String.format(Locale.ROOT, "%012d-%s.eml", message.getSeq(), id);
  }

  private ByteString download(Api api, String message) {
    List<ByteString> chunks = new ArrayList<>();
    api.stream(
        MailboxServiceGrpcClient.DownloadRaw,
        DownloadRawRequest.newBuilder().setUser(who).setId(message).build(),
        chunk -> chunks.add(chunk.getData()));
    return ByteString.copyFrom(chunks);
  }
}
