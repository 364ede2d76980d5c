package io.tributary.cli.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tributary.cli.Tributary;
import io.tributary.cli.data.DataFolder;
import io.tributary.cli.data.Ready;
import io.tributary.cli.shell.HostPort;
import io.tributary.cli.shell.ShellOutput;
import io.tributary.codecs.message.Bytes;
import io.tributary.codecs.sms.FormBody;
import io.tributary.codecs.sms.TwilioSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmsSendTest {
  private final ShellOutput shell = new ShellOutput(Map.of());
  private final List<String> bodies = new ArrayList<>();
  private final List<String> signatures = new ArrayList<>();
  @TempDir Path data;
  private HttpServer server;
  private String answer = "";
  private int status = 204;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/sms/twilio/ACdemo",
        call -> {
          bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          signatures.add(call.getRequestHeaders().getFirst("X-Twilio-Signature"));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void messageShouldBeSignedForThePublicUrl() throws Exception {
    ready("http://127.0.0.1:" + server.getAddress().getPort());

    assertThat(send("--to", "+12025550101", "--text", "grüße +1", "--id", "SM7")).isZero();

    assertThat(shell.out()).isEqualTo("taken as SM7\n");
    FormBody form = FormBody.parse(Bytes.ofUtf8(bodies.get(0)));
    assertThat(form.text("Body")).hasValue("grüße +1");
    assertThat(form.text("From")).hasValue("+12025550177");
    assertThat(form.text("MessageSid")).hasValue("SM7");
    assertThat(signatures)
        .containsExactly(
            TwilioSignature.ofForm(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/sms/twilio/ACdemo",
                form,
                "token"));
  }

  @Test
  void refusalShouldBeShownWithItsReason() throws Exception {
    ready("http://127.0.0.1:" + server.getAddress().getPort());
    status = 404;
    answer = "{\"detail\":\"nobody\\u001b[31m\"}";

    assertThat(send("--to", "+12025550199", "--text", "x")).isEqualTo(1);

    assertThat(shell.err()).isEqualTo("tributary: sms send: 404 nobody?[31m\n");
  }

  @Test
  void absentServerShouldBeNamed() throws Exception {
    ready("http://127.0.0.1:" + server.getAddress().getPort());
    server.stop(0);

    assertThat(send("--to", "+12025550199", "--text", "x")).isEqualTo(1);

    assertThat(shell.err()).contains("nothing listens on");
  }

  @Test
  void nothingRunningShouldBeExplained() {
    assertThat(send("--to", "+12025550199", "--text", "x")).isEqualTo(1);

    assertThat(shell.err()).contains("isn't running on");
  }

  private int send(String... options) {
    List<String> line = new ArrayList<>(List.of("sms", "send", "--data", data.toString()));
    line.addAll(Arrays.asList(options));
    return Tributary.run(shell.shell(), line.toArray(String[]::new));
  }

  private void ready(String publicUrl) throws IOException {
    HostPort http = new HostPort("127.0.0.1", server.getAddress().getPort());
    HostPort other = new HostPort("127.0.0.1", 1);
    Ready ready =
        new Ready(
            new Ready.Faces(other, http, other, other),
            publicUrl,
            "",
            new Ready.Sms("ACdemo", "token"),
            List.of());
    DataFolder folder = new DataFolder(data);
    Files.createDirectories(folder.run());
    Files.writeString(folder.readyFile(), ready.json());
  }
}
