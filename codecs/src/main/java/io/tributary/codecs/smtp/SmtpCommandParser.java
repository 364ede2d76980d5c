package io.tributary.codecs.smtp;

import io.tributary.codecs.message.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Understands command lines. Never throws, whatever the octets. */
public final class SmtpCommandParser {
  private static final Set<String> KNOWN_NOT_OFFERED =
      Set.of("EXPN", "STARTTLS", "AUTH", "BDAT", "BURL", "ETRN", "TURN", "SEND", "SOML", "SAML");

  /** A browser, or another program, made to talk to us by a third party. */
  private static final Set<String> FOREIGN =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE");

  private SmtpCommandParser() {}

  /**
   * @param line without its CRLF
   */
  public static SmtpCommand parse(Bytes line) {
    try {
      return understood(readable(line));
    } catch (WrongCommandException wrong) {
      return new SmtpCommand.Wrong(wrong.reply());
    }
  }

  private static SmtpCommand understood(String line) {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    return switch (verb) {
      case "EHLO" -> new SmtpCommand.Hello(true, client(rest));
      case "HELO" -> new SmtpCommand.Hello(false, client(rest));
      case "MAIL" -> PathCommands.mail(rest);
      case "RCPT" -> PathCommands.rcpt(rest);
      case "DATA" -> bare(new SmtpCommand.Data(), rest);
      case "RSET" -> bare(new SmtpCommand.Reset(), rest);
      case "QUIT" -> bare(new SmtpCommand.Quit(), rest);
      case "NOOP" -> new SmtpCommand.Noop();
      case "HELP" -> new SmtpCommand.Help();
      case "VRFY" -> verify(rest);
      default -> other(verb);
    };
  }

  /** RFC 5321 section 2.4: commands are ASCII; section 2.3.8: CR and LF stand only together. */
  private static String readable(Bytes line) {
    byte[] octets = line.unsafeArray();
    for (byte octet : octets) {
      if (octet == '\r' || octet == '\n') {
        throw syntax("bare CR or LF: a line ends with CRLF");
      }
      if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
        throw syntax("control character in a command");
      }
    }
    return new String(octets, StandardCharsets.ISO_8859_1).replace('\t', ' ').stripTrailing();
  }

  private static String client(String rest) {
    if (rest.isEmpty()) {
      throw arguments("EHLO and HELO name the client's domain or [IP address]");
    }
    if (rest.length() > 255 || !rest.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw arguments("the client's name is at most 255 characters of printable ASCII, no space");
    }
    return rest;
  }

  private static SmtpCommand bare(SmtpCommand command, String rest) {
    if (!rest.isEmpty()) {
      throw arguments("this command takes no argument");
    }
    return command;
  }

  private static SmtpCommand verify(String rest) {
    if (rest.isEmpty()) {
      throw arguments("VRFY needs a name");
    }
    return new SmtpCommand.Verify();
  }

  private static SmtpCommand other(String verb) {
    if (FOREIGN.contains(verb)) {
      return new SmtpCommand.Foreign();
    }
    throw KNOWN_NOT_OFFERED.contains(verb)
        ? wrong(502, "5.5.1", "command not offered here")
        : wrong(500, "5.5.1", "unknown command");
  }

  static WrongCommandException syntax(String text) {
    return wrong(500, "5.5.2", text);
  }

  static WrongCommandException arguments(String text) {
    return wrong(501, "5.5.4", text);
  }

  static WrongCommandException wrong(int code, String status, String text) {
    return new WrongCommandException(SmtpReply.of(code, status, text));
  }
}
