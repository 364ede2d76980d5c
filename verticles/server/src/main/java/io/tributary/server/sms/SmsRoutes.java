package io.tributary.server.sms;

import io.reactivex.rxjava3.core.Single;
import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsReplies;
import io.tributary.channels.sms.SmsReply;
import io.tributary.channels.sms.SmsRequest;
import io.tributary.channels.sms.SmsWebhooks;
import io.tributary.channels.sms.SmsWebhooks.Admission;
import io.tributary.channels.sms.SmsWebhooks.Kind;
import io.tributary.codecs.message.Bytes;
import io.tributary.server.http.BodyReading;
import io.tributary.server.http.BodyReading.Ending;
import io.tributary.server.http.HttpRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code POST /sms/{provider}/{account}} and {@code …/status}, on one event loop. */
public final class SmsRoutes implements HttpRoutes {
  private static final String PATH = "/sms/:provider/:account";

  private final Vertx vertx;
  private final SmsWebhooks webhooks;
  private final SmsFace face;

  SmsRoutes(Vertx vertx, SmsWebhooks webhooks, SmsFace face) {
    this.vertx = vertx;
    this.webhooks = webhooks;
    this.face = face;
  }

  @Override
  public void mount(Router router) {
    router.route(PATH).handler(call -> handle(call, Kind.MESSAGE));
    router.route(PATH + "/status").handler(call -> handle(call, Kind.STATUS));
  }

  private void handle(RoutingContext call, Kind kind) {
    SmsAccount.Name account =
        new SmsAccount.Name(call.pathParam("provider"), call.pathParam("account"));
    Answering answering = face.answering(vertx, call.request(), account);
    if (!call.request().method().equals(HttpMethod.POST)) {
      call.response().putHeader("Allow", "POST");
      answering.early(SmsReplies.METHOD);
      return;
    }
    Optional<String> contentType = Optional.ofNullable(call.request().getHeader("Content-Type"));
    Admission admission =
        call.request().getHeader("Content-Encoding") == null
            ? webhooks.admit(kind, account, contentType)
            : webhooks.admit(kind, account, Optional.empty());
    if (admission instanceof Admission.Refused refused) {
      answering.early(refused.reply());
    } else if (admission instanceof Admission.Admitted admitted) {
      read(call.request(), admitted.call(), answering);
    }
  }

  private void read(HttpServerRequest request, SmsWebhooks.Call call, Answering answering) {
    BodyReading.begin(
        vertx,
        request,
        face.limits(),
        face.room(),
        ending -> {
          if (ending instanceof Ending.Whole whole) {
            answer(request, call, whole.body(), answering);
          } else {
            answering.early(refusal(ending));
          }
        });
  }

  private SmsReply refusal(Ending ending) {
    if (ending instanceof Ending.TooBig) {
      return SmsReplies.tooBig(face.limits().bytesMax());
    }
    return ending instanceof Ending.TooSlow ? SmsReplies.SLOW_BODY : SmsReplies.NO_ROOM;
  }

  private void answer(
      HttpServerRequest request, SmsWebhooks.Call call, Bytes body, Answering answering) {
    SmsRequest whole =
        new SmsRequest(
            face.url().of(request),
            call.mediaType(),
            name -> Optional.ofNullable(request.getHeader(name)),
            body);
    var unused =
        Single.defer(() -> webhooks.answer(call, whole))
            .doFinally(() -> face.room().giveBack(body.length()))
            .subscribe(answering::whole, answering::failed);
  }
}
