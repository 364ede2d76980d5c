package io.tributary.codecs.log;

import io.tributary.codecs.log.Action.MarkEdit;
import java.util.List;

/** Bounds of what the lists in a decision take in an entry. */
final class DecisionBytes {
  private DecisionBytes() {}

  static long listsMax(Action action) {
    if (action instanceof Action.Delivered delivered) {
      return items(delivered.known().size());
    } else if (action instanceof Action.Sent sent) {
      return items(sent.recipients().size());
    } else if (action instanceof Action.Settled settled) {
      return items(settled.settlements().size());
    } else if (action instanceof Action.Modified modified) {
      return items(modified.edits().size())
          + modified.edits().stream().mapToLong(DecisionBytes::flags).sum();
    } else if (action instanceof Action.ContactSet contact) {
      return items(contact.aliases().size())
          + PayloadRecords.bytesMax(contact.addresses())
          + PayloadRecords.utf8Bytes(contact.name());
    } else if (action instanceof Action.AddressesSet set) {
      return PayloadRecords.bytesMax(set.addresses());
    } else if (action instanceof Action.Opened opened) {
      return PayloadRecords.bytesMax(opened.addresses());
    }
    return 0;
  }

  private static long flags(MarkEdit edit) {
    return flags(edit.addFlags()) + flags(edit.removeFlags());
  }

  private static long flags(List<String> flags) {
    return items(flags.size()) + flags.stream().mapToLong(PayloadRecords::utf8Bytes).sum();
  }

  private static long items(int count) {
    return (long) count * EntryCodec.ITEM_BYTES_MAX;
  }
}
