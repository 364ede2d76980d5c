package io.tributary.server.http;

import io.reactivex.rxjava3.core.Scheduler;
import io.vertx.core.Vertx;

/** The event loop that an instance of the HTTP face runs on. */
public record HttpLoop(Vertx vertx, Scheduler scheduler) {}
