package io.tributary.cli.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks the API: connects, runs, and puts a refusal into one line. */
abstract class ApiCommand implements Callable<Integer> {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();

  @Mixin private ApiOptions options = new ApiOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Shell shell;

  ApiCommand(Shell shell) {
    this.shell = shell;
  }

  /** Refuses wrong use, before anything is done; throws {@link #wrong}. */
  void check() {}

  /** Does the work; the exit code. */
  abstract int run(Api api);

  /** The user it is about, whose own token will do. */
  Optional<String> user() {
    return Optional.empty();
  }

  @Override
  public final Integer call() {
    check();
    try (Api api = options.connect(shell, user())) {
      return run(api);
    } catch (ApiException refused) {
      throw new Failure(explained(refused), refused);
    }
  }

  final Shell shell() {
    return shell;
  }

  final boolean json() {
    return options.json();
  }

  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  final void print(MessageOrBuilder message) {
    shell.out().println(line(message));
  }

  static String line(MessageOrBuilder message) {
    try {
      return JSON.print(message);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("our own messages have a JSON form", impossible);
    }
  }

  /** {@code user add: the address … is taken; hint}. */
  final String explained(ApiException refused) {
    String name = spec.qualifiedName().replaceFirst("^\\S+ ", "");
    return name + ": " + Plain.line(refused.reason()) + hint(refused);
  }

  private String hint(ApiException refused) {
    if (!refused.isReached()) {
      return "; if it isn't running start it with `" + shell.launcher() + " up`";
    }
    return switch (refused.status()) {
      case UNAUTHENTICATED -> "; give a valid token with --token or TRIBUTARY_TOKEN";
      case PERMISSION_DENIED -> "; use that user's token or an operator's";
      case UNAVAILABLE, ABORTED -> "; try again";
      case DEADLINE_EXCEEDED -> "; try again, or wait longer with --timeout";
      case NOT_FOUND, ALREADY_EXISTS, INVALID_ARGUMENT, FAILED_PRECONDITION -> "";
      default -> " (" + refused.status() + ")";
    };
  }
}
