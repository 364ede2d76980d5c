package io.tributary.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.server.testing.People;
import io.tributary.server.testing.People.Person;
import io.tributary.server.testing.RunningNode;
import io.tributary.server.testing.SmsSender;
import io.tributary.store.testing.HBaseProcess;
import io.tributary.store.testing.SharedHBase;
import io.tributary.v1.Channel;
import io.tributary.v1.GetMailboxRequest;
import io.tributary.v1.Mailbox;
import io.tributary.v1.MailboxServiceGrpcClient;
import io.tributary.v1.Message;
import io.tributary.v1.SmsDelivery;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Text messages by webhook into a node on a real HBase, and out by the API. */
@ExtendWith(SharedHBase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmsIT {
  private static final String CAROL = "+12025550177";
  private static final String PATH = "/sms/twilio/ACdemo";

  private final RunningNode node;
  private final People people;
  private final SmsSender sms;

  SmsIT(HBaseProcess hbase, @TempDir Path folder) {
    node = RunningNode.start(hbase, folder, Map.of("TRIBUTARY_NODE_ID", "sms"));
    people = new People(node.grpc());
    sms = node.sms();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void signedMessageShouldBeInTheMailboxVerified() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);

    assertThat(sms.message(CAROL, phone, "grüße \ud83d\ude00").statusCode()).isEqualTo(204);

    assertThat(people.messages(alice))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.getChannel()).isEqualTo(Channel.SMS);
              assertThat(message.getVerified()).isTrue();
              assertThat(message.getFrom()).isEqualTo("sms:" + CAROL);
              assertThat(message.getToList()).containsExactly("sms:" + phone);
              assertThat(message.getText()).isEqualTo("grüße \ud83d\ude00");
            });
  }

  @Test
  void repeatedWebhookShouldBeOneMessage() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);
    String form = sms.form("SMtwice", CAROL, phone, "once");

    assertThat(sms.send(PATH, form).statusCode()).isEqualTo(204);
    assertThat(sms.send(PATH, form).statusCode()).isEqualTo(204);

    assertThat(people.messages(alice)).extracting(Message::getText).containsExactly("once");
  }

  @Test
  void webhooksOfOneNumberShouldBeOneThread() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);

    assertThat(sms.message(CAROL, phone, "one").statusCode()).isEqualTo(204);
    assertThat(sms.message(CAROL, phone, "two").statusCode()).isEqualTo(204);
    assertThat(sms.message("12345", phone, "code").statusCode()).isEqualTo(204);

    assertThat(people.messages(alice).stream().map(Message::getThread).distinct()).hasSize(2);
  }

  @Test
  void wrongSignatureAndUnknownNumberShouldStoreNothing() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);
    String form = sms.form("SMforged", CAROL, phone, "forged");

    HttpResponse<String> forged =
        sms.send(PATH, form, SmsSender.signature("http://127.0.0.1:1" + PATH, form));
    HttpResponse<String> lost = sms.message(CAROL, People.newPhone(), "lost");

    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(lost.statusCode()).isEqualTo(404);
    assertThat(people.messages(alice)).isEmpty();
  }

  @Test
  void reportsInAnyOrderAndRepeatedShouldComeToTheSame() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);
    for (String status : List.of("sent", "delivered", "queued", "sent", "delivered", "delivered")) {
      assertThat(reported("SMup", phone, status)).isEqualTo(204);
    }
    assertThat(reported("SMlate", phone, "failed")).isEqualTo(204);
    assertThat(reported("SMlate", phone, "sending")).isEqualTo(204);

    Mailbox mailbox = mailbox(alice);
    assertThat(mailbox.getSmsDeliveriesList())
        .extracting(SmsDelivery::getProviderMessageId, SmsDelivery::getState)
        .containsExactly(tuple("SMlate", "FAILED"), tuple("SMup", "DELIVERED"));
    long before = mailbox.getHeadSeq();
    assertThat(reported("SMup", phone, "queued")).isEqualTo(204);
    assertThat(mailbox(alice).getHeadSeq()).isEqualTo(before);
  }

  @Test
  void reportsThatProveNothingShouldChangeNothing() throws Exception {
    String phone = People.newPhone();
    Person alice = people.person(phone);
    String report = sms.report("SMforged", phone, "delivered");

    assertThat(sms.send(PATH + "/status", report, "x").statusCode()).isEqualTo(403);
    String elsewhere = SmsSender.signature("http://127.0.0.1:1" + PATH + "/status", report);
    assertThat(sms.send(PATH + "/status", report, elsewhere).statusCode()).isEqualTo(403);
    assertThat(reported("SMnobody", People.newPhone(), "delivered")).isEqualTo(404);
    assertThat(reported("SModd", phone, "exploded")).isEqualTo(400);

    assertThat(mailbox(alice).getSmsDeliveriesList()).isEmpty();
    assertThat(people.messages(alice)).isEmpty();
  }

  private int reported(String id, String from, String status) throws Exception {
    return sms.send(PATH + "/status", sms.report(id, from, status)).statusCode();
  }

  private Mailbox mailbox(Person person) {
    var request = GetMailboxRequest.newBuilder().setUser(person.name()).build();
    return node.grpc().call(MailboxServiceGrpcClient.GetMailbox, request, person.token()).only();
  }

  @Test
  void metricsShouldBalance() throws Exception {
    String phone = People.newPhone();
    assertThat(people.person(phone)).isNotNull();
    assertThat(sms.message(CAROL, phone, "counted").statusCode()).isEqualTo(204);

    assertThat(node.metric("tributary_sms_accepted_total"))
        .isPositive()
        .isEqualTo(
            node.metric("tributary_sms_stored_total")
                + node.metric("tributary_sms_duplicate_total")
                + node.metric("tributary_sms_rejected_total")
                + node.metric("tributary_sms_in_flight"));
  }
}
