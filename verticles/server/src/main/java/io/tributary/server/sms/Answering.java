package io.tributary.server.sms;

import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsObserver;
import io.tributary.channels.sms.SmsReplies;
import io.tributary.channels.sms.SmsReply;
import io.tributary.server.http.LastWord;
import io.tributary.server.http.ProblemJson;
import io.tributary.server.http.ProblemJson.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request, once. On its event loop. */
final class Answering {
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final SmsObserver observer;
  private final Trace trace;

  /**
   * What this request is called in the answer and in logs.
   *
   * @param id 16 hexadecimal digits
   * @param account as the path says, which may be anything
   */
  record Trace(String id, SmsAccount.Name account) {
    String shown() {
      return account.toString().matches("[A-Za-z0-9._/-]{1,100}") ? account.toString() : "?";
    }
  }

  Answering(Vertx vertx, HttpServerRequest request, SmsObserver observer, Trace trace) {
    this.vertx = vertx;
    this.request = request;
    this.observer = observer;
    this.trace = trace;
  }

  /** After the whole request. */
  void whole(SmsReply reply) {
    write(reply);
  }

  /** While there may be more of the request to come: the connection ends with it. */
  void early(SmsReply reply) {
    if (!mayHaveBody()) {
      write(reply);
      return;
    }
    LastWord.announce(request);
    write(reply);
    LastWord.begin(vertx, request);
  }

  void failed(Throwable mistake) {
    LOG.error("event=sms.failed trace={}", trace.id(), mistake);
    write(SmsReplies.MISTAKE);
  }

  private boolean mayHaveBody() {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  private void write(SmsReply reply) {
    observer.answered(reply.status());
    LOG.info(
        "event=sms.webhook trace={} account={} status={} reason=\"{}\"",
        trace.id(),
        trace.shown(),
        reply.status(),
        reply.detail());
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    reply
        .retryAfter()
        .ifPresent(delay -> response.putHeader("Retry-After", Long.toString(delay.toSeconds())));
    if (reply.detail().isEmpty()) {
      response.setStatusCode(reply.status()).end();
    } else {
      ProblemJson.send(response, Problem.of(reply.status(), reply.detail()).withTrace(trace.id()));
    }
  }
}
