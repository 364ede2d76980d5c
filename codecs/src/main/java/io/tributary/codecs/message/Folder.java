package io.tributary.codecs.message;

/** Where a thread stands. The number is what the log records. */
public enum Folder {
  MESSAGES(1),
  OTHER(2),
  JUNK(3),
  ARCHIVE(4);

  private final int number;

  Folder(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static Folder ofNumber(int number) {
    for (Folder folder : values()) {
      if (folder.number == number) {
        return folder;
      }
    }
    throw new IllegalArgumentException("no folder has number " + number);
  }
}
