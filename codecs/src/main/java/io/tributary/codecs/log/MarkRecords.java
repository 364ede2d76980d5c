package io.tributary.codecs.log;

import static io.tributary.codecs.log.ActionRecords.byteString;
import static io.tributary.codecs.log.ActionRecords.bytes;
import static io.tributary.codecs.log.Numbers.whole;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tributary.codecs.log.Action.Alias;
import io.tributary.codecs.log.Action.Deletion;
import io.tributary.codecs.log.Action.MarkEdit;
import io.tributary.codecs.log.Action.Subject;
import io.tributary.codecs.message.Position;
import io.tributary.records.v1.AliasRecord;
import io.tributary.records.v1.ContactPayload;
import io.tributary.records.v1.ContactRecord;
import io.tributary.records.v1.EditRecord;
import io.tributary.records.v1.ModifiedRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users make of their mailboxes, as protobuf records and back. */
public final class MarkRecords {
  private static final int DELETED = 1;
  private static final int NOT_DELETED = 2;

  private MarkRecords() {}

  static ModifiedRecord write(Action.Modified modified) {
    ModifiedRecord.Builder written = ModifiedRecord.newBuilder();
    modified.edits().forEach(edit -> written.addEdits(write(edit)));
    modified.undoes().ifPresent(change -> written.setUndoes(change.value()));
    return written.build();
  }

  static Action read(ModifiedRecord written) {
    return new Action.Modified(
        written.getEditsList().stream().map(MarkRecords::read).toList(),
        DecisionRecords.position(written.getUndoes()));
  }

  public static EditRecord write(MarkEdit edit) {
    EditRecord.Builder written =
        EditRecord.newBuilder()
            .addAllAddFlags(edit.addFlags())
            .addAllRemoveFlags(edit.removeFlags())
            .setFolder(Numbers.folder(edit.folder()));
    long position = edit.subject().position().value();
    if (edit.subject().isThread()) {
      written.setThreadPosition(position);
    } else {
      written.setMessagePosition(position);
    }
    edit.deletion()
        .ifPresent(
            deletion -> {
              written.setDeletion(deletion.deleted() ? DELETED : NOT_DELETED);
              deletion.onlyChangedAt().ifPresent(at -> written.setOnlyChangedAt(at.value()));
            });
    return written.build();
  }

  /**
   * @throws UnreadableEntryException if it holds a value of a newer version
   */
  public static MarkEdit read(EditRecord written) {
    whole(written);
    boolean isThread = written.getThreadPosition() != 0;
    long position = isThread ? written.getThreadPosition() : written.getMessagePosition();
    return new MarkEdit(
        new Subject(isThread, new Position(position)),
        written.getAddFlagsList(),
        written.getRemoveFlagsList(),
        Numbers.folder(written.getFolder()),
        deletion(written));
  }

  private static Optional<Deletion> deletion(EditRecord written) {
    return switch (written.getDeletion()) {
      case 0 -> Optional.empty();
      case DELETED, NOT_DELETED ->
          Optional.of(
              new Deletion(
                  written.getDeletion() == DELETED,
                  DecisionRecords.position(written.getOnlyChangedAt())));
      default ->
          throw UnreadableEntryException.unknown("entry has deletion " + written.getDeletion());
    };
  }

  static ContactRecord write(Action.ContactSet contact) {
    ContactRecord.Builder written = ContactRecord.newBuilder();
    contact.contact().ifPresent(position -> written.setContactPosition(position.value()));
    for (Alias alias : contact.aliases()) {
      AliasRecord.Builder record =
          AliasRecord.newBuilder().setPeopleHash(byteString(alias.people()));
      alias.thread().ifPresent(thread -> record.setThreadPosition(thread.value()));
      written.addAliases(record);
    }
    return written.build();
  }

  static Action read(ContactRecord written, @Nullable ByteString content)
      throws InvalidProtocolBufferException {
    // where the payload was destroyed the contact is gone, and its threads keep their people
    ContactPayload payload =
        content == null
            ? ContactPayload.getDefaultInstance()
            : whole(ContactPayload.parseFrom(content));
    return new Action.ContactSet(
        DecisionRecords.position(written.getContactPosition()),
        payload.getName(),
        DecisionRecords.addresses(payload.getAddressesList()),
        written.getAliasesList().stream().map(MarkRecords::read).toList());
  }

  private static Alias read(AliasRecord written) {
    whole(written);
    return new Alias(
        bytes(written.getPeopleHash()), DecisionRecords.position(written.getThreadPosition()));
  }
}
