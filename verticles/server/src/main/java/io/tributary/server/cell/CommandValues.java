package io.tributary.server.cell;

import io.tributary.cell.v1.AddressesValue;
import io.tributary.cell.v1.CommandValue;
import io.tributary.cell.v1.MarkReadValue;
import io.tributary.cell.v1.ModifyValue;
import io.tributary.cell.v1.SendValue;
import io.tributary.cell.v1.SetContactValue;
import io.tributary.cell.v1.TargetValue;
import io.tributary.codecs.address.Address;
import io.tributary.codecs.cell.Keys;
import io.tributary.codecs.cell.MessageValues;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.ClientId;
import io.tributary.codecs.message.Folder;
import io.tributary.codecs.message.Position;
import io.tributary.codecs.message.Recipient;
import io.tributary.mailbox.Command;
import java.util.Optional;

/** Commands as bytes and back. */
final class CommandValues {
  private CommandValues() {}

  static CommandValue write(Command command) {
    CommandValue.Builder written =
        CommandValue.newBuilder().setContent(Keys.write(command.request().content()));
    command.request().key().ifPresent(key -> written.setKey(Keys.write(key)));
    if (command instanceof Command.Send send) {
      written.setSend(write(send));
    } else if (command instanceof Command.MarkRead read) {
      written.setMarkRead(
          MarkReadValue.newBuilder()
              .setThread(Keys.write(read.thread()))
              .setUpTo(read.upTo().value()));
    } else if (command instanceof Command.Modify modify) {
      written.setModify(write(modify));
    } else if (command instanceof Command.Undo undo) {
      written.setUndo(undo.change().value());
    } else if (command instanceof Command.SetContact contact) {
      written.setSetContact(write(contact));
    } else if (command instanceof Command.SetAddresses set) {
      written.setSetAddresses(
          AddressesValue.newBuilder().addAllAddresses(Keys.written(set.addresses())));
    } else if (command instanceof Command.NoteSmsStatus noted) {
      written.setNoteSmsStatus(MessageValues.write(noted.status()));
    }
    return written.build();
  }

  private static SendValue write(Command.Send send) {
    SendValue.Builder written =
        SendValue.newBuilder()
            .setDevice(send.client().device())
            .setId(send.client().id())
            .addAllTargets(send.targets().stream().map(CommandValues::write).toList())
            .setSubject(send.subject())
            .setText(send.text());
    send.thread().ifPresent(thread -> written.setThread(Keys.write(thread)));
    return written.build();
  }

  private static TargetValue write(Command.Target target) {
    TargetValue.Builder written = TargetValue.newBuilder().setAddress(target.address().toString());
    target
        .local()
        .ifPresent(
            local ->
                written
                    .setUser(local.user().value())
                    .setGeneration(local.generation())
                    .setResolvedAddress(local.resolvedBy().toString()));
    return written.build();
  }

  private static ModifyValue write(Command.Modify modify) {
    ModifyValue.Builder written =
        ModifyValue.newBuilder()
            .addAllMessages(Keys.write(modify.scope().messages()))
            .addAllAddFlags(modify.edit().addFlags())
            .addAllRemoveFlags(modify.edit().removeFlags())
            .setFolder(modify.edit().folder().map(Folder::number).orElse(0));
    modify.scope().thread().ifPresent(thread -> written.setThread(Keys.write(thread)));
    modify.edit().deleted().ifPresent(written::setDeleted);
    return written.build();
  }

  private static SetContactValue write(Command.SetContact contact) {
    SetContactValue.Builder written =
        SetContactValue.newBuilder()
            .setName(contact.name())
            .addAllAddresses(Keys.written(contact.addresses()));
    contact.id().ifPresent(id -> written.setId(Keys.write(id)));
    return written.build();
  }

  /** Throws {@code IllegalArgumentException} for what no node of this version asks. */
  static Command read(CommandValue written) {
    Command.Request request =
        new Command.Request(
            written.hasKey() ? Optional.of(Keys.read(written.getKey())) : Optional.empty(),
            Keys.read(written.getContent()));
    return switch (written.getCommandCase()) {
      case SEND -> read(request, written.getSend());
      case MARK_READ ->
          new Command.MarkRead(
              request,
              Keys.read(written.getMarkRead().getThread()),
              new Position(written.getMarkRead().getUpTo()));
      case MODIFY -> read(request, written.getModify());
      case UNDO -> new Command.Undo(request, new Position(written.getUndo()));
      case SET_CONTACT -> read(request, written.getSetContact());
      case SET_ADDRESSES ->
          new Command.SetAddresses(
              request, Keys.addresses(written.getSetAddresses().getAddressesList()));
      case NOTE_SMS_STATUS ->
          new Command.NoteSmsStatus(request, MessageValues.read(written.getNoteSmsStatus()));
      case COMMAND_NOT_SET ->
          throw new IllegalArgumentException("a command that this version does not know");
    };
  }

  private static Command read(Command.Request request, SendValue send) {
    return new Command.Send(
        request,
        new ClientId(send.getDevice(), send.getId()),
        send.hasThread() ? Optional.of(Keys.read(send.getThread())) : Optional.empty(),
        send.getTargetsList().stream().map(CommandValues::read).toList(),
        send.getSubject(),
        send.getText());
  }

  private static Command.Target read(TargetValue target) {
    Optional<Recipient> local =
        target.getUser() == 0
            ? Optional.empty()
            : Optional.of(
                new Recipient(
                    new UserId(target.getUser()),
                    target.getGeneration(),
                    Address.parse(target.getResolvedAddress())));
    return new Command.Target(Address.parse(target.getAddress()), local);
  }

  private static Command read(Command.Request request, ModifyValue modify) {
    return new Command.Modify(
        request,
        new Command.Scope(
            modify.hasThread() ? Optional.of(Keys.read(modify.getThread())) : Optional.empty(),
            Keys.read(modify.getMessagesList())),
        new Command.Edit(
            modify.getAddFlagsList(),
            modify.getRemoveFlagsList(),
            modify.getFolder() == 0
                ? Optional.empty()
                : Optional.of(Folder.ofNumber(modify.getFolder())),
            modify.hasDeleted() ? Optional.of(modify.getDeleted()) : Optional.empty()));
  }

  private static Command read(Command.Request request, SetContactValue contact) {
    return new Command.SetContact(
        request,
        contact.hasId() ? Optional.of(Keys.read(contact.getId())) : Optional.empty(),
        contact.getName(),
        Keys.addresses(contact.getAddressesList()));
  }
}
