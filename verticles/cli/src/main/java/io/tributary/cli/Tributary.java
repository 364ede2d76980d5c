package io.tributary.cli;

import io.tributary.cli.api.CellCommand;
import io.tributary.cli.api.ContactCommand;
import io.tributary.cli.api.MailboxCommand;
import io.tributary.cli.api.MessageCommand;
import io.tributary.cli.api.RingCommand;
import io.tributary.cli.api.ThreadCommand;
import io.tributary.cli.api.TokenCommand;
import io.tributary.cli.api.UserCommand;
import io.tributary.cli.chat.ChatCommand;
import io.tributary.cli.mail.MailCommand;
import io.tributary.cli.shell.Failure;
import io.tributary.cli.shell.Noun;
import io.tributary.cli.shell.Plain;
import io.tributary.cli.shell.Shell;
import io.tributary.cli.sms.SmsCommand;
import io.tributary.cli.up.UpCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The root command. */
@Command(
    name = "tributary",
    description = "One inbox for email, SMS and chat.",
    versionProvider = Tributary.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      NodeCommand.class,
      UserCommand.class,
      TokenCommand.class,
      MailCommand.class,
      SmsCommand.class,
      MessageCommand.class,
      ThreadCommand.class,
      ContactCommand.class,
      MailboxCommand.class,
      ChatCommand.class,
      CellCommand.class,
      RingCommand.class,
      ConfigCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Begin with `tributary up`; every command has its own --help.",
      "Exit codes: 0 done, 1 failed, 2 used wrongly."
    })
public final class Tributary extends Noun {
  private Tributary() {}

  /** Runs one command and returns its exit code. */
  public static int run(Shell shell, String... arguments) {
    return commandLine(shell).execute(arguments);
  }

  static CommandLine commandLine(Shell shell) {
    CommandLine line = new CommandLine(new Tributary(), new ShellFactory(shell));
    line.setOut(Writers.of(shell.out()));
    line.setErr(Writers.of(shell.err()));
    line.setParameterExceptionHandler((wrong, given) -> usage(shell, wrong));
    line.setExecutionExceptionHandler((thrown, command, result) -> failed(shell, thrown));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    sameVersion(line);
    return line;
  }

  private static void sameVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(Tributary::sameVersion);
  }

  private static int usage(Shell shell, ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    shell.err().println(name + ": " + Plain.line(String.valueOf(wrong.getMessage())));
    if (!command.getSubcommands().isEmpty()) {
      shell.err().println("Commands: " + String.join(", ", command.getSubcommands().keySet()));
    }
    shell.err().println("See: " + name + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int failed(Shell shell, Exception thrown) {
    String line = thrown instanceof Failure failure ? failure.line() : "unexpected: " + thrown;
    shell.err().println("tributary: " + Plain.text(line));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** From the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Optional<String> version =
          Optional.ofNullable(Tributary.class.getPackage().getImplementationVersion());
      return new String[] {"tributary " + version.orElse("of a development build")};
    }
  }
}
