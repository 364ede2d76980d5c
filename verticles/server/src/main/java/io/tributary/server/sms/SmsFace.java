package io.tributary.server.sms;

import io.tributary.channels.sms.SmsAccount;
import io.tributary.channels.sms.SmsObserver;
import io.tributary.server.http.BodyReading.Limits;
import io.tributary.server.http.BodyRoom;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What all event loops share in reading requests and answering them.
 *
 * @param random for trace ids
 */
record SmsFace(
    PublicUrl url, Limits limits, BodyRoom room, SmsObserver observer, RandomGenerator random) {

  Answering answering(Vertx vertx, HttpServerRequest request, SmsAccount.Name account) {
    String trace = HexFormat.of().toHexDigits(random.nextLong());
    return new Answering(vertx, request, observer, new Answering.Trace(trace, account));
  }
}
