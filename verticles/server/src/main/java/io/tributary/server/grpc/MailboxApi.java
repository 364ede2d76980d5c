package io.tributary.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tributary.server.api.ApiServices;
import io.tributary.server.api.MailboxReading;
import io.tributary.server.api.MailboxReading.PartContent;
import io.tributary.server.api.MailboxWriting;
import io.tributary.v1.DownloadPartResponse;
import io.tributary.v1.DownloadRawResponse;
import io.tributary.v1.MailboxServiceGrpcService;
import io.vertx.grpc.server.Service;

/** {@code MailboxService} over gRPC. */
final class MailboxApi {
  private MailboxApi() {}

  static Service service(ApiServices api, Calls calls) {
    MailboxReading reading = api.reading();
    MailboxWriting writing = api.writing();
    return Service.service(
            MailboxServiceGrpcService.SERVICE_NAME, MailboxServiceGrpcService.SERVICE_DESCRIPTOR)
        .bind(MailboxServiceGrpcService.Send, calls.unary(writing::send))
        .bind(MailboxServiceGrpcService.GetMailbox, calls.unary(reading::getMailbox))
        .bind(MailboxServiceGrpcService.ListThreads, calls.unary(reading::listThreads))
        .bind(MailboxServiceGrpcService.ListMessages, calls.unary(reading::listMessages))
        .bind(MailboxServiceGrpcService.GetMessage, calls.unary(reading::getMessage))
        .bind(
            MailboxServiceGrpcService.DownloadRaw,
            calls.chunked(reading::raw, MailboxApi::rawChunk))
        .bind(
            MailboxServiceGrpcService.DownloadPart,
            calls.chunked(
                (caller, request) -> reading.part(caller, request).map(PartContent::bytes),
                MailboxApi::partChunk))
        .bind(MailboxServiceGrpcService.Search, calls.unary(reading::search))
        .bind(MailboxServiceGrpcService.Modify, calls.unary(writing::modify))
        .bind(MailboxServiceGrpcService.Delete, calls.unary(writing::delete))
        .bind(MailboxServiceGrpcService.Undo, calls.unary(writing::undo))
        .bind(MailboxServiceGrpcService.ListContacts, calls.unary(reading::listContacts))
        .bind(MailboxServiceGrpcService.SetContact, calls.unary(writing::setContact))
        .bind(MailboxServiceGrpcService.Watch, calls.watch(api.watching()))
        .build();
  }

  private static DownloadRawResponse rawChunk(byte[] owned) {
    return DownloadRawResponse.newBuilder().setData(data(owned)).build();
  }

  private static DownloadPartResponse partChunk(byte[] owned) {
    return DownloadPartResponse.newBuilder().setData(data(owned)).build();
  }

  private static ByteString data(byte[] owned) {
    return UnsafeByteOperations.unsafeWrap(owned);
  }
}
