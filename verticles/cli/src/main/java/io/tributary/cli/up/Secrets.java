package io.tributary.cli.up;

import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Installation;
import io.tributary.cli.data.PrivateFile;
import io.tributary.cli.shell.Failure;
import io.tributary.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** The tokens in the data folder: made at the first start, kept from then on. */
final class Secrets {
  private static final String TOKEN_PREFIX = "trb_";
  private static final int TOKEN_BYTES = 32;
  private static final int SMS_BYTES = 16;

  private final DataFolder folder;
  private final SecureRandom random;
  private final String operator;

  private Secrets(DataFolder folder, SecureRandom random, Optional<Path> operatorTokenFile) {
    this.folder = folder;
    this.random = random;
    operator =
        operatorTokenFile
            .map(file -> Secret.read("directory.operatorTokenFile", file).reveal())
            .orElseGet(() -> keptOrMade(folder.operatorToken(), this::token));
  }

  /**
   * Those of a folder.
   *
   * @param operatorTokenFile holds the operator's token, if that is kept elsewhere
   */
  static Secrets of(DataFolder folder, Optional<Path> operatorTokenFile) {
    return new Secrets(folder, new SecureRandom(), operatorTokenFile);
  }

  /** The operator's: it opens everything. */
  String operator() {
    return operator;
  }

  /** What a provider of text messages signs with is in the account's file afterwards. */
  void ensureSms(String account) {
    Path file = folder.smsToken(account);
    if (Installation.secret(file).isEmpty()) {
      keep(file, HexFormat.of().formatHex(bytes(SMS_BYTES)));
    }
  }

  Optional<String> user(String name) {
    return Installation.secret(folder.userToken(name));
  }

  void keepUser(String name, String token) {
    keep(folder.userToken(name), token);
  }

  private String keptOrMade(Path file, Supplier<String> make) {
    return Installation.secret(file)
        .orElseGet(
            () -> {
              String made = make.get();
              keep(file, made);
              return made;
            });
  }

  private void keep(Path file, String secret) {
    try {
      PrivateFile.write(file, secret + "\n");
    } catch (IOException unwritable) {
      throw new Failure("can't write " + file + ": " + unwritable.getMessage(), unwritable);
    }
  }

  private String token() {
    byte[] bytes = bytes(TOKEN_BYTES);
    return TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
