package io.tributary.server.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.tributary.cell.v1.AskRequest;
import io.tributary.cell.v1.AskResponse;
import io.tributary.cell.v1.CommandValue;
import io.tributary.cell.v1.DeliveryValue;
import io.tributary.cell.v1.DoneValue;
import io.tributary.cell.v1.ListMessages;
import io.tributary.cell.v1.MessageKey;
import io.tributary.cell.v1.PageValue;
import io.tributary.cell.v1.PartValue;
import io.tributary.cell.v1.RefusalValue;
import io.tributary.cell.v1.RefusalValue.Kind;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.message.Position;
import io.tributary.discovery.placement.CellLocator;
import io.tributary.discovery.placement.Location;
import io.tributary.mailbox.Command;
import io.tributary.mailbox.MailboxRef;
import io.tributary.mailbox.ReadOutcome;
import io.tributary.server.mailbox.MailboxRequest;
import io.tributary.server.mailbox.OwnMailboxes;
import io.tributary.server.testing.Places;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nodes of another version ask: led on as it came, answered only if all of it is known. */
class NewerQuestionsTest {
  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  private final List<MailboxRequest<?>> asked = new ArrayList<>();
  private final List<AskRequest> ledOn = new ArrayList<>();
  private boolean moving;

  private final OwnMailboxes mailboxes =
      new OwnMailboxes() {
        @Override
        @SuppressWarnings("unchecked")
        public <A> Single<A> ask(UserId user, MailboxRequest<A> request) {
          asked.add(request);
          return Single.just((A) new ReadOutcome.Found<>(Bytes.ofUtf8("raw")));
        }
      };

  private static final MailboxRef MAILBOX = new MailboxRef(new UserId(1), 1);
  private static final Command UNDO =
      new Command.Undo(
          new Command.Request(Optional.empty(), Bytes.copyOf(new byte[16])), Position.of(1, 0));
  private static final AskRequest RAW =
      AskRequest.newBuilder()
          .setUser(1)
          .setGeneration(1)
          .setRingVersion(7)
          .setTableVersion(3)
          .setRaw(MessageKey.newBuilder().setUser(1).setPosition(512))
          .build();

  private static final AskRequest SEND =
      AskRequest.newBuilder()
          .setUser(1)
          .setGeneration(1)
          .setExecute(
              CommandValue.newBuilder().setContent(ByteString.copyFrom(new byte[16])).setUndo(256))
          .build();

  private CellService node(CellLocator places) {
    CellLocator locator =
        new CellLocator() {
          @Override
          public Location locate(UserId user) {
            return places.locate(user);
          }

          @Override
          public boolean isMoving(UserId user) {
            return moving;
          }
        };
    return new CellService(
        new Routes(locator, CellStates.WELL, new Routes.Self("c1", new Routes.NodeName("n1"))),
        mailboxes,
        (to, question) -> {
          ledOn.add(question);
          return Single.just(
              AskResponse.newBuilder().setDone(DoneValue.newBuilder().setPosition(9)).build());
        },
        cell -> Completable.complete(),
        new Interest(InstantSource.system()),
        new CellService.Local(Optional.empty(), CellStates.WELL, news -> {}));
  }

  private AskResponse ask(AskRequest question) {
    return node(Places.on("c1", "n1")).answer(question).blockingGet();
  }

  @Test
  void aQuestionOfAnUnknownKindShouldBeToldToTryAgain() {
    AskResponse answer = ask(RAW.toBuilder().clearRaw().setUnknownFields(NEWER).build());

    assertThat(answer.getRefusal().getKind()).isEqualTo(Kind.RETRY);
    assertThat(asked).isEmpty();
  }

  @Test
  void aQuestionWithMoreInItThanIsKnownShouldBeToldToTryAgain() {
    PartValue part = PartValue.newBuilder().setUnknownFields(NEWER).build();
    ListMessages list = ListMessages.newBuilder().setUnknownFields(NEWER).build();
    PageValue page = PageValue.newBuilder().setSize(1).setUnknownFields(NEWER).build();
    List<AskRequest> newer =
        List.of(
            RAW.toBuilder().setDeliver(DeliveryValue.newBuilder().addParts(part)).build(),
            RAW.toBuilder()
                .setExecute(SEND.getExecute().toBuilder().setUnknownFields(NEWER))
                .build(),
            RAW.toBuilder().setListMessages(list).build(),
            RAW.toBuilder().setContacts(page).build());

    for (AskRequest each : newer) {
      assertThat(ask(each).getRefusal().getKind()).isEqualTo(Kind.RETRY);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void whatStandsBesideAKnownQuestionShouldBeLeftAlone() {
    AskResponse answer = ask(RAW.toBuilder().setUnknownFields(NEWER).build());

    assertThat(answer.getRaw().toStringUtf8()).isEqualTo("raw");
  }

  @Test
  void aQuestionThatIsNotUnderstoodShouldBeLedOnWithAllThatIsInIt() {
    AskRequest unknown = RAW.toBuilder().clearRaw().setUnknownFields(NEWER).build();

    AskResponse answer = node(Places.on("c1", "n2")).answer(unknown).blockingGet();

    assertThat(answer.getDone().getPosition()).isEqualTo(9);
    assertThat(ledOn)
        .singleElement()
        .satisfies(
            led -> {
              assertThat(led.getUnknownFields()).isEqualTo(NEWER);
              assertThat(led.getForwarded()).isTrue();
            });
  }

  @Test
  void anAnswerOfAnUnknownKindShouldBeAnErrorAndNotAnAnswer() {
    AskResponse unknown = AskResponse.newBuilder().setUnknownFields(NEWER).build();

    assertUnreadable(new MailboxRequest.Execute(MAILBOX, UNDO), unknown);
    assertUnreadable(new MailboxRequest.Stats(MAILBOX), unknown);
    AskResponse refusal =
        AskResponse.newBuilder()
            .setRefusal(RefusalValue.newBuilder().setKindValue(99).setReason("new"))
            .build();
    assertUnreadable(new MailboxRequest.Execute(MAILBOX, UNDO), refusal);
    assertUnreadable(new MailboxRequest.Stats(MAILBOX), refusal);
  }

  private static void assertUnreadable(MailboxRequest<?> asked, AskResponse answer) {
    assertThatThrownBy(() -> Answers.read(asked, answer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingShouldBeWrittenWhileTheSlotIsMovingButAllBeRead() {
    moving = true;

    assertThat(ask(SEND).getRefusal().getKind()).isEqualTo(Kind.RETRY);
    assertThat(ask(SEND).getRefusal().getReason()).isEqualTo("the mailbox is being moved");
    assertThat(asked).isEmpty();
    assertThat(ask(RAW).getRaw().toStringUtf8()).isEqualTo("raw");
  }
}
