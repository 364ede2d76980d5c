package io.tributary.channels.sms;

import io.reactivex.rxjava3.schedulers.TestScheduler;
import io.tributary.channels.sms.SmsAccount.Mode;
import io.tributary.channels.sms.SmsWebhooks.Admission;
import io.tributary.channels.sms.SmsWebhooks.Kind;
import io.tributary.channels.smtp.testing.ScriptedIntake;
import io.tributary.channels.smtp.testing.ScriptedLookup;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.FormBody;
import io.tributary.codecs.sms.Signatures;
import io.tributary.codecs.sms.TimedSignature;
import io.tributary.codecs.sms.TwilioSignature;
import io.tributary.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Webhooks as providers send them, to a channel whose neighbours follow a script. */
final class Webhooks {
  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  static final String URL = "https://sms.example.com/sms/";
  static final String SECRET = "12345678901234567890123456789012";
  static final String ALICE = "+12025550101";
  static final String CAROL = "+12025550177";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";
  static final Duration PORT_TIMEOUT = Duration.ofSeconds(15);

  final ScriptedIntake intake = new ScriptedIntake();
  final ScriptedLookup lookup = new ScriptedLookup().with("sms:" + ALICE, 1);
  final ScriptedStatuses statuses = new ScriptedStatuses();
  final CountingSmsObserver observer = new CountingSmsObserver();
  final TestScheduler scheduler = new TestScheduler();
  final SmsWebhooks webhooks;

  Webhooks() {
    scheduler.advanceTimeTo(NOW.toEpochMilli(), TimeUnit.MILLISECONDS);
    webhooks =
        new SmsWebhooks(
            new SmsHost(
                SmsAccounts.of(SmsProviders.all(), accounts()),
                new SmsHost.Ports(intake, lookup, statuses, PORT_TIMEOUT),
                new SmsHost.Environment(
                    scheduler, () -> Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS))),
                observer));
  }

  static List<SmsAccount> accounts() {
    return List.of(
        account("twilio", "main", "AC1", Mode.ENFORCE, SECRET),
        account("twilio", "shadow", "AC1", Mode.SHADOW, SECRET),
        account("twilio", "rotating", "AC1", Mode.ENFORCE, "old secret", SECRET),
        account("vonage", "main", "key1", Mode.ENFORCE, SECRET),
        account("generic", "main", "acme", Mode.ENFORCE, SECRET));
  }

  static SmsAccount account(String provider, String key, String id, Mode mode, String... secrets) {
    return new SmsAccount(
        new SmsAccount.Name(provider, key),
        id,
        List.of(secrets).stream().map(Secret::of).toList(),
        mode);
  }

  /** A webhook before it is sent; tests change what they are about. */
  static final class Sent {
    SmsAccount.Name account;
    Kind kind = Kind.MESSAGE;
    String url;
    Optional<String> contentType;
    byte[] body;
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Sent(String path, String contentType, String body) {
      int slash = path.indexOf('/');
      this.account = new SmsAccount.Name(path.substring(0, slash), path.substring(slash + 1));
      this.url = URL + path;
      this.contentType = Optional.of(contentType);
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    Sent with(String header, String value) {
      headers.put(header, value);
      return this;
    }
  }

  static Map<String, String> twilioFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ToCountry", "US");
    fields.put("MessageSid", "SM0123");
    fields.put("AccountSid", "AC1");
    fields.put("From", CAROL);
    fields.put("To", ALICE);
    fields.put("Body", "hello");
    fields.put("NumMedia", "0");
    fields.put("NumSegments", "1");
    return fields;
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static Sent twilio(Map<String, String> fields) {
    return twilio("main", form(fields));
  }

  static Sent twilio(String account, String body) {
    Sent sent = new Sent("twilio/" + account, FORM, body);
    FormBody form = FormBody.parse(Bytes.ofUtf8(body));
    return sent.with("X-Twilio-Signature", TwilioSignature.ofForm(sent.url, form, SECRET));
  }

  static Sent twilioJson(String body) {
    Sent sent = new Sent("twilio/main", JSON, body);
    sent.url += "?bodySHA256=" + Signatures.sha256Hex(Bytes.ofUtf8(body));
    return sent.with("X-Twilio-Signature", TwilioSignature.ofUrl(sent.url, SECRET));
  }

  static Sent generic(String body) {
    Sent sent = new Sent("generic/main", JSON, body);
    return sent.with(
        TimedSignature.HEADER,
        TimedSignature.of(NOW.getEpochSecond(), sent.url, Bytes.ofUtf8(body), SECRET).toString());
  }

  static Sent vonage(String body, String token) {
    return new Sent("vonage/main", JSON, body).with("Authorization", "Bearer " + token);
  }

  /** The answer, which must be there without time passing. */
  SmsReply send(Sent sent) {
    List<SmsReply> replies = begin(sent);
    scheduler.triggerActions();
    if (replies.size() != 1) {
      throw new AssertionError("answered " + replies.size() + " times");
    }
    return replies.get(0);
  }

  int status(Sent sent) {
    return send(sent).status();
  }

  /** Where the answer will be. */
  List<SmsReply> begin(Sent sent) {
    List<SmsReply> replies = new ArrayList<>();
    Admission admission = webhooks.admit(sent.kind, sent.account, sent.contentType);
    if (admission instanceof Admission.Refused refused) {
      replies.add(refused.reply());
    } else if (admission instanceof Admission.Admitted admitted) {
      var unused =
          webhooks
              .answer(admitted.call(), request(sent, admitted.call().mediaType()))
              .subscribe(reply -> replies.add(reply));
    }
    return replies;
  }

  static SmsRequest request(Sent sent, String mediaType) {
    return new SmsRequest(
        sent.url,
        mediaType,
        name -> Optional.ofNullable(sent.headers.get(name)),
        Bytes.copyOf(sent.body));
  }
}
