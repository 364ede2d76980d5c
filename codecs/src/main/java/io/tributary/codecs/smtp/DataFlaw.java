package io.tributary.codecs.smtp;

/** What must not stand in mail data (RFC 5321 sections 2.3.8 and 4.1.1.4), though it was read. */
public enum DataFlaw {
  /** A CR that no LF follows. */
  BARE_CR,
  /** An LF that no CR precedes. */
  BARE_LF,
  /** An octet 0. */
  NUL
}
