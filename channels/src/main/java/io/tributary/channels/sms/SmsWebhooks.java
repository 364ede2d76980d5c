package io.tributary.channels.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.codecs.sms.BadPayloadException;
import io.tributary.codecs.sms.InboundSms;
import io.tributary.codecs.sms.SmsReport;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks: first {@link #admit}, when the head of a request is there, then {@link #answer}
 * with the whole. For one thread, that of the host's scheduler.
 */
public final class SmsWebhooks {
  private static final Logger LOG = LoggerFactory.getLogger(SmsWebhooks.class);

  /** The type, and nothing behind it but perhaps the one charset. */
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("([a-z0-9.+-]+/[a-z0-9.+-]+)\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?;?");

  private final SmsHost host;
  private final SmsHandover handover;

  public SmsWebhooks(SmsHost host) {
    this.host = host;
    this.handover = new SmsHandover(host);
  }

  /** What a webhook is about. */
  public enum Kind {
    MESSAGE,
    STATUS
  }

  /** Whether the body is worth reading. */
  public sealed interface Admission {
    /** Read it, and ask for the answer. */
    record Admitted(Call call) implements Admission {}

    record Refused(SmsReply reply) implements Admission {}
  }

  /** A webhook that was admitted. */
  public static final class Call {
    private final Kind kind;
    private final SmsAccounts.Known known;
    private final String mediaType;

    private Call(Kind kind, SmsAccounts.Known known, String mediaType) {
      this.kind = kind;
      this.known = known;
      this.mediaType = mediaType;
    }

    /** Of the body, in lower case, without parameters. */
    public String mediaType() {
      return mediaType;
    }
  }

  /** Looks at the path and the headers. */
  public Admission admit(Kind kind, SmsAccount.Name name, Optional<String> contentType) {
    Optional<SmsAccounts.Known> known = host.accounts().find(name);
    if (known.isEmpty()) {
      return new Admission.Refused(SmsReplies.UNKNOWN_ACCOUNT);
    }
    SmsProvider provider = known.get().provider();
    return contentType
        .flatMap(SmsWebhooks::mediaType)
        .filter(provider::sends)
        .<Admission>map(type -> new Admission.Admitted(new Call(kind, known.get(), type)))
        .orElseGet(() -> new Admission.Refused(SmsReplies.mediaType(provider)));
  }

  private static Optional<String> mediaType(String contentType) {
    var matcher = CONTENT_TYPE.matcher(contentType.strip().toLowerCase(Locale.ROOT));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Never an error; on the host's thread, within the ports' time-out. */
  public Single<SmsReply> answer(Call call, SmsRequest request) {
    SmsAccount account = call.known.account();
    boolean signed = isSigned(call.known, request);
    if (!signed) {
      host.observer().signatureFailed(account);
      LOG.info("event=sms.signature_failed account={} mode={}", account.name(), account.mode());
      if (account.mode() == SmsAccount.Mode.ENFORCE) {
        return Single.just(SmsReplies.NOT_SIGNED);
      }
    }
    try {
      return call.kind == Kind.MESSAGE
          ? message(call.known, request, signed)
          : status(call.known, request);
    } catch (BadPayloadException malformed) {
      return Single.just(SmsReplies.malformed(malformed));
    }
  }

  private boolean isSigned(SmsAccounts.Known known, SmsRequest request) {
    try {
      return known
          .provider()
          .signed(request, known.account(), host.environment().clock().instant());
    } catch (BadPayloadException unreadable) {
      return false;
    }
  }

  private Single<SmsReply> message(SmsAccounts.Known known, SmsRequest request, boolean signed) {
    InboundSms sms = known.provider().message(request);
    return isOther(known.account(), sms.account())
        ? Single.just(SmsReplies.OTHER_ACCOUNT)
        : handover.message(known.account().name(), sms, signed);
  }

  private Single<SmsReply> status(SmsAccounts.Known known, SmsRequest request) {
    SmsReport report = known.provider().report(request);
    return isOther(known.account(), report.account())
        ? Single.just(SmsReplies.OTHER_ACCOUNT)
        : handover.status(known.account().name(), report);
  }

  private static boolean isOther(SmsAccount account, Optional<String> said) {
    return said.filter(id -> !id.equals(account.providerId())).isPresent();
  }
}
