package io.tributary.codecs.mail;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** Character references of HTML: numeric ones, Latin-1's names and the common typographic ones. */
final class HtmlEntities {
  private static final int NAME_CHARACTERS_MAX = 10;

  /** For U+00A0 to U+00FF, in order. */
  private static final String LATIN_1 =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute"
          + " Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave"
          + " eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
          + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMES = names();

  private HtmlEntities() {}

  /**
   * Hands on the character that the reference at {@code ampersand} stands for, or the ampersand
   * itself if it begins none.
   *
   * @return where to go on
   */
  static int append(String html, int ampersand, IntConsumer character) {
    int end = ampersand + 1;
    while (end < html.length()
        && end - ampersand <= NAME_CHARACTERS_MAX
        && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == '#')) {
      end++;
    }
    int meant = meaning(html.substring(ampersand + 1, end));
    if (meant < 0) {
      character.accept('&');
      return ampersand + 1;
    }
    character.accept(meant);
    return end < html.length() && html.charAt(end) == ';' ? end + 1 : end;
  }

  private static int meaning(String reference) {
    if (!reference.startsWith("#")) {
      return NAMES.getOrDefault(reference, -1);
    }
    boolean hex = reference.startsWith("#x") || reference.startsWith("#X");
    try {
      int c = Integer.parseInt(reference.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isValidCodePoint(c) ? c : -1;
    } catch (NumberFormatException none) {
      return -1;
    }
  }

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    int latin1 = 0xa0;
    for (String name : LATIN_1.split(" ")) {
      names.put(name, latin1++);
    }
    names.put("amp", (int) '&');
    names.put("lt", (int) '<');
    names.put("gt", (int) '>');
    names.put("quot", (int) '"');
    names.put("apos", (int) '\'');
    names.put("ndash", 0x2013);
    names.put("mdash", 0x2014);
    names.put("lsquo", 0x2018);
    names.put("rsquo", 0x2019);
    names.put("sbquo", 0x201a);
    names.put("ldquo", 0x201c);
    names.put("rdquo", 0x201d);
    names.put("bdquo", 0x201e);
    names.put("bull", 0x2022);
    names.put("hellip", 0x2026);
    names.put("euro", 0x20ac);
    names.put("trade", 0x2122);
    names.put("zwnj", 0x200c);
    names.put("zwj", 0x200d);
    return Map.copyOf(names);
  }
}
