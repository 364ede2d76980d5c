package io.tributary.cli.api;

import io.tributary.cli.shell.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One user of a file: {@code name,email,phone}. Blank lines and those that begin with {@code #} are
 * passed over, and a first line that names the columns.
 *
 * @param line counted from 1
 */
record UserLine(int line, String name, String email, String phone) {
  private static final String HEAD = "name,email,phone";

  /** All users, or every line that is wrong. */
  static List<UserLine> parse(List<String> lines) {
    List<UserLine> users = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? lines.get(i).replace("\uFEFF", "") : lines.get(i)).strip();
      if (line.isEmpty() || line.startsWith("#") || (i == 0 && line.equalsIgnoreCase(HEAD))) {
        continue;
      }
      String[] values = line.split(",", -1);
      if (values.length > 3 || values[0].isBlank()) {
        wrong.add("line " + (i + 1));
      } else {
        users.add(new UserLine(i + 1, at(values, 0), at(values, 1), at(values, 2)));
      }
    }
    if (!wrong.isEmpty()) {
      throw new Failure(
          "user add: nothing was added; not `" + HEAD + "`: " + String.join(", ", wrong));
    }
    return users;
  }

  private static String at(String[] values, int index) {
    return index < values.length ? values[index].strip() : "";
  }

  /** The same for the same user, so that a repetition is answered as the first time. */
  String requestId() {
    String content = name + "," + email + "," + phone;
    return "file-" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
  }
}
