package io.tributary.codecs.directory;

import io.tributary.codecs.message.Bytes;

/** SHA-256 of a token's written form: what is stored instead of the token. */
public record TokenHash(Bytes sha256) {
  public TokenHash {
    if (sha256.length() != 32) {
      throw new IllegalArgumentException("a token hash has 32 bytes, not " + sha256.length());
    }
  }
}
