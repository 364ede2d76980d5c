package io.tributary.codecs.mail;

import io.tributary.codecs.message.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The decoded bytes of one part, kept while the mail is read; of no part, if none is wanted. */
final class KeptPart {
  static final int NONE = -1;

  private final int wanted;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean complete;

  KeptPart(int wanted) {
    this.wanted = wanted;
  }

  /** What is read from the answer is kept, if the body may become the wanted part. */
  InputStream watch(int index, InputStream decoded) {
    if (index != wanted) {
      return decoded;
    }
    bytes.reset();
    return new Copying(decoded);
  }

  /** The body has become the part with that index, and was read to its end. */
  void ended(int index) {
    complete |= index == wanted;
  }

  Optional<Bytes> bytes() {
    return complete ? Optional.of(Bytes.ofOwned(bytes.toByteArray())) : Optional.empty();
  }

  private final class Copying extends FilterInputStream {
    Copying(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      if (read >= 0) {
        bytes.write(read);
      }
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count > 0) {
        bytes.write(into, offset, count);
      }
      return count;
    }
  }
}
