package io.tributary.codecs.smtp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The arguments of MAIL and RCPT: a path and parameters (RFC 5321 section 4.1.2). */
final class PathCommands {
  private static final Set<String> BODIES = Set.of("7BIT", "8BITMIME"); // RFC 6152 section 3

  private PathCommands() {}

  static SmtpCommand mail(String rest) {
    Argument argument = Argument.after("FROM:", rest);
    if (!argument.mailbox().isEmpty()) {
      checkSender(argument.mailbox());
    }
    Map<String, String> parameters = parameters(argument.parameters(), Set.of("SIZE", "BODY"));
    String body = parameters.getOrDefault("BODY", "7BIT");
    if (!BODIES.contains(body.toUpperCase(Locale.ROOT))) {
      throw SmtpCommandParser.arguments("BODY is 7BIT or 8BITMIME");
    }
    return new SmtpCommand.Mail(argument.mailbox(), size(parameters));
  }

  static SmtpCommand rcpt(String rest) {
    Argument argument = Argument.after("TO:", rest);
    if (argument.mailbox().isEmpty()) {
      throw SmtpCommandParser.wrong(501, "5.1.3", "a recipient must not be empty");
    }
    parameters(argument.parameters(), Set.of());
    return new SmtpCommand.Rcpt(argument.mailbox());
  }

  /** Little is asked of a sender: it is only where a bounce would go, and some are odd. */
  private static void checkSender(String sender) {
    int at = sender.lastIndexOf('@');
    if (at < 1 || at == sender.length() - 1) {
      throw SmtpCommandParser.wrong(501, "5.1.7", "a sender is <local@domain> or <>");
    }
  }

  private static OptionalLong size(Map<String, String> parameters) {
    String size = parameters.get("SIZE");
    if (size == null) {
      return OptionalLong.empty();
    }
    if (!size.matches("[0-9]{1,20}")) {
      throw SmtpCommandParser.arguments("SIZE is 1 to 20 digits"); // RFC 1870 section 4
    }
    return OptionalLong.of(size.length() > 18 ? Long.MAX_VALUE : Long.parseLong(size));
  }

  private static Map<String, String> parameters(String written, Set<String> offered) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : written.split(" +")) {
      int equals = parameter.indexOf('=');
      String keyword = equals < 0 ? parameter : parameter.substring(0, equals);
      String name = keyword.toUpperCase(Locale.ROOT);
      if (name.isEmpty() && equals < 0) {
        continue;
      }
      if (!offered.contains(name)) {
        throw SmtpCommandParser.wrong(555, "5.5.4", "parameter " + keyword + " is not offered");
      }
      if (parameters.put(name, parameter.substring(equals < 0 ? parameter.length() : equals + 1))
          != null) {
        throw SmtpCommandParser.arguments("parameter " + name + " is given twice");
      }
    }
    return parameters;
  }

  /**
   * @param mailbox without angle brackets and source route
   */
  private record Argument(String mailbox, String parameters) {

    /** Blanks before the angle bracket are passed over: many write them, nobody means them. */
    static Argument after(String keyword, String rest) {
      if (!rest.regionMatches(true, 0, keyword, 0, keyword.length())) {
        throw SmtpCommandParser.syntax("expected " + keyword + "<address>");
      }
      String path = rest.substring(keyword.length()).stripLeading();
      int end = path.startsWith("<") ? closingBracket(path) : -1;
      if (end < 0) {
        throw SmtpCommandParser.syntax("expected " + keyword + "<address>, in angle brackets");
      }
      String parameters = path.substring(end + 1);
      if (!parameters.isEmpty() && !parameters.startsWith(" ")) {
        throw SmtpCommandParser.syntax("a space stands between > and parameters");
      }
      return new Argument(ascii(withoutRoute(path.substring(1, end))), parameters.strip());
    }

    private static int closingBracket(String path) {
      boolean quoted = false;
      for (int i = 1; i < path.length(); i++) {
        char c = path.charAt(i);
        if (c == '\\' && quoted) {
          i++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && c == '>') {
          return i;
        } else if (!quoted && (c == ' ' || c == '<')) {
          return -1;
        }
      }
      return -1;
    }

    /** A source route (@a,@b:) is accepted and ignored, RFC 5321 appendix C. */
    private static String withoutRoute(String inside) {
      int colon = inside.indexOf(':');
      return inside.startsWith("@") && colon > 0 ? inside.substring(colon + 1) : inside;
    }

    private static String ascii(String mailbox) {
      if (mailbox.chars().anyMatch(c -> c > '~')) {
        throw SmtpCommandParser.wrong(
            553, "5.6.7", "mailbox is not ASCII and SMTPUTF8 is not offered");
      }
      return mailbox;
    }
  }
}
