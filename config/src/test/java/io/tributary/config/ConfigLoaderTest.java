package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void defaultsShouldBeACompleteConfiguration() {
    TributaryConfig config = ConfigLoader.load(Optional.empty(), Map.of());

    assertThat(config.smtp().port()).isEqualTo(2525);
    assertThat(config.smtp().localDomains()).containsExactly("example.com");
    assertThat(config.smtp().messageBytesMax()).isEqualTo(1_048_576);
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.grpc().port()).isEqualTo(9090);
    assertThat(config.ops().port()).isEqualTo(9091);
    assertThat(config.node().facesFile()).isEmpty();
    assertThat(config.directory().operatorTokenFile()).isEmpty();
  }

  @Test
  void defaultsFileShouldHoldEveryKeyInTheOrderOfTheRecords() {
    List<Setting> settings =
        YamlFile.parse("tributary.yaml", ConfigLoader.defaultsFile(), new java.util.ArrayList<>());

    assertThat(settings).extracting(Setting::key).containsExactlyElementsOf(Schema.keys());
  }

  @Test
  void fileShouldOverrideDefaultsAndTheEnvironmentTheFile() throws IOException {
    Path file = file("smtp:\n  port: 25\n  recipientsMax: 7\n");

    TributaryConfig config = load(file, Map.of("TRIBUTARY_SMTP_PORT", "0"));

    assertThat(config.smtp().port()).isZero();
    assertThat(config.smtp().recipientsMax()).isEqualTo(7);
    assertThat(config.smtp().hostname()).isEqualTo("mail.example.com");
  }

  @ParameterizedTest
  @CsvSource({"TRIBUTARY_SMTP_IDLETIMEOUTMILLIS", "TRIBUTARY_SMTP_IDLE_TIMEOUT_MILLIS"})
  void variableShouldNameAKeyWithItsWordsJoinedOrApart(String variable) {
    TributaryConfig config = ConfigLoader.load(Optional.empty(), Map.of(variable, "5000"));

    assertThat(config.smtp().idleTimeoutMillis()).isEqualTo(5_000);
  }

  @Test
  void listShouldBeWrittenInYamlOrWithCommas() throws IOException {
    Path file = file("smtp:\n  localDomains:\n    - a.example\n    - b.example\n");

    assertThat(load(file, Map.of()).smtp().localDomains())
        .containsExactly("a.example", "b.example");
    assertThat(load(file, Map.of("TRIBUTARY_SMTP_LOCAL_DOMAINS", "c.example, d.example")))
        .extracting(config -> config.smtp().localDomains())
        .isEqualTo(List.of("c.example", "d.example"));
  }

  @Test
  void originsShouldBeNoneUnlessListedAndHaveNoPath() throws IOException {
    assertThat(load(file(""), Map.of()).http().corsOrigins()).isEmpty();
    Map<String, String> listed =
        Map.of("TRIBUTARY_HTTP_CORS_ORIGINS", "https://a.example, http://localhost:3000");
    assertThat(load(file(""), listed).http().corsOrigins())
        .containsExactly("https://a.example", "http://localhost:3000");
    Path file = file("http:\n  corsOrigins: [\"https://a.example/x\"]\n");
    assertThatThrownBy(() -> load(file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.corsOrigins");
    Path any = file("http:\n  corsOrigins: [\"*\"]\n");
    assertThatThrownBy(() -> load(any, Map.of())).hasMessageContaining("http.corsOrigins");
  }

  @Test
  void aCertificateShouldComeWithItsKey() throws IOException {
    Path pem = Files.writeString(folder.resolve("x.pem"), "x");
    assertThatThrownBy(
            () -> load(file(""), Map.of("TRIBUTARY_TLS_CERTIFICATE_FILE", pem.toString())))
        .hasMessageContaining("tls.keyFile");
    assertThatThrownBy(() -> load(file(""), Map.of("TRIBUTARY_TLS_KEY_FILE", pem.toString())))
        .hasMessageContaining("tls.certificateFile");
    Map<String, String> both =
        Map.of(
            "TRIBUTARY_TLS_CERTIFICATE_FILE",
            pem.toString(),
            "TRIBUTARY_TLS_KEY_FILE",
            pem.toString());
    assertThat(load(file(""), both).tls().keyFile()).contains(pem);
  }

  @Test
  void cellsOfWhichNoneTakesUsersShouldBeRefused() throws IOException {
    String founding =
        "cells:\n  founding:\n    - {name: c1, weight: 0}\n    - {name: c2, weight: %d}\n";

    assertThatThrownBy(() -> load(file(founding.formatted(0)), Map.of()))
        .hasMessageContaining("cells.founding[0].weight");
    assertThat(load(file(founding.formatted(1)), Map.of()).cells().founding()).hasSize(2);
  }

  @Test
  void oddCellNamesShouldBeRefusedByTheirKey() throws IOException {
    for (String odd : List.of("../c1", "C1", "-c1", "c 1", "c_1", "zürich", "", "c".repeat(33))) {
      assertThatThrownBy(() -> load(file("node: {cell: \"%s\"}\n".formatted(odd)), Map.of()))
          .as(odd)
          .hasMessageContaining("node.cell");
      Path founding = file("cells:\n  founding:\n    - name: \"%s\"\n".formatted(odd));
      assertThatThrownBy(() -> load(founding, Map.of()))
          .as(odd)
          .hasMessageContaining("cells.founding");
    }
  }

  @Test
  void nodesShouldBeReachedFromOtherMachinesOnlyWithCertificates() throws IOException {
    String pem = Files.writeString(folder.resolve("x.pem"), "x").toString();
    Map<String, String> files =
        Map.of(
            "TRIBUTARY_CELL_CERTIFICATE_FILE", pem,
            "TRIBUTARY_CELL_KEY_FILE", pem,
            "TRIBUTARY_CELL_TRUST_FILE", pem);
    Path open = file("cell:\n  host: 0.0.0.0\n");

    assertThatThrownBy(() -> load(open, Map.of()))
        .hasMessageContaining("cell.host")
        .hasMessageContaining("0.0.0.0");
    for (String one : files.keySet()) {
      assertThatThrownBy(() -> load(open, Map.of(one, pem)))
          .hasMessageContaining("cell.certificateFile");
    }
    assertThat(load(open, files).cell().encrypted()).isTrue();
    assertThat(load(file("cell:\n  host: \"::1\"\n"), Map.of()).cell().encrypted()).isFalse();
  }

  @Test
  void plainWordsShouldStayTheTextTheyAre() throws IOException {
    Path file = file("smtp:\n  localDomains: [no, yes, on]\nnode:\n  id: 007\n");

    assertThat(load(file, Map.of()).smtp().localDomains()).containsExactly("no", "yes", "on");
    assertThat(load(file, Map.of()).node().id()).isEqualTo("007");
  }

  @Test
  void emptyFileAndEmptySectionShouldChangeNothing() throws IOException {
    assertThat(load(file(""), Map.of())).isEqualTo(ConfigLoader.load(Optional.empty(), Map.of()));
    assertThat(load(file("smtp:\n# nothing\n"), Map.of()).smtp().port()).isEqualTo(2525);
  }

  @Test
  void pathShouldCountFromTheFilesFolder() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "trb_x\n");
    Path file = file("directory:\n  operatorTokenFile: token\n");

    assertThat(load(file, Map.of()).directory().operatorTokenFile()).contains(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smtp:\\n  port: 70000|smtp.port: \"70000\"|a whole number from 0 to 65535",
        "smtp:\\n  port: -1|smtp.port: \"-1\"|a whole number",
        "smtp:\\n  port: 2525x|smtp.port: \"2525x\"|a whole number",
        "smtp:\\n  port: 99999999999999999999|smtp.port|a whole number",
        "smtp:\\n  port: ''|smtp.port: nothing|a whole number",
        "smtp:\\n  port:|smtp.port: nothing|a whole number",
        "smtp:\\n  port: [1, 2]|smtp.port: \"[1, 2]\"|not a list",
        "smtp:\\n  port: {a: 1}|smtp.port: a section|a value",
        "smtp:\\n  localDomains: []|smtp.localDomains|a list",
        "smtp:\\n  localDomains: [Bücher.example]|smtp.localDomains|lower case ASCII",
        "smtp:\\n  localDomains: [[a]]|smtp.localDomains: a list of something else|list of values",
        "smtp:\\n  hostname: 'a b'|smtp.hostname|a domain",
        "smtp:\\n  prot: 1|smtp.prot: unknown key|did you mean smtp.port?",
        "smpt:\\n  port: 1|smpt: unknown key|did you mean smtp?",
        "quux: 1|quux: unknown key|one of node, smtp",
        "smtp: 25|smtp: a single value|a section",
        "smtp: [1]|smtp: a list|a section",
        "- a|c.yaml: a list|sections",
        "hello|c.yaml: a single value|sections",
        "smtp:\\n  port: 1\\n  port: 2|smtp.port: a second time|first is on line 2",
        "smtp:\\n  port: 1\\nsmtp:\\n  port: 2|smtp: a second time|first is on line 1",
        "smtp: {port: 1|c.yaml: YAML that can't be read|key: value",
        "smtp:\\n\\tport: 1|c.yaml: YAML that can't be read|key: value",
        "a: 1\\n---\\nb: 2|c.yaml: YAML that can't be read|key: value",
        "smtp:\\n  port: *x|c.yaml: YAML that can't be read|key: value",
        "directory:\\n  operatorTokenFile: /nowhere/token|directory.operatorTokenFile|can read",
        "zookeeper:\\n  connect: localhost|zookeeper.connect|host:port",
        "hbase:\\n  zookeeper: 'localhost:2181/x'|hbase.zookeeper|host:port",
        "hbase:\\n  znodeParent: hbase|hbase.znodeParent|a path",
        "http:\\n  port: 2525|smtp.port: 2525|a port other than that of http.port",
        "smtp:\\n  idleTimeoutMillis: 900000|smtp.transactionTimeoutMillis|at least smtp.idle",
        "chat:\\n  windowBytesMax: 67108865|chat.windowsBytesMax: 67108864|at least chat.window",
        "chat:\\n  pingIntervalMillis: 60000|chat.pingIntervalMillis|from 1000 to 45000",
      })
  void badValueShouldBeNamedWithWhatIsAllowed(String yaml, String named, String allowed)
      throws IOException {
    Path file = file(yaml.replace("\\n", "\n").replace("\\t", "\t"));

    assertThat(problems(file, Map.of()))
        .singleElement()
        .asString()
        .contains(named)
        .contains(allowed);
  }

  @Test
  void allProblemsShouldBeToldAtOnceWithTheirLines() throws IOException {
    Path file = file("smtp:\n  port: x\n  prot: 1\nhtpp:\n  port: 1\nring:\n  tokens: 0\n");

    Map<String, String> environment =
        Map.of("TRIBUTARY_GRPC_PORT", "y", "TRIBUTARY_OPS_PROT", "1", "TRIBUTARY_SMPT_PORT", "1");
    assertThat(problems(file, environment))
        .extracting(problem -> problem.key() + " @ " + problem.origin())
        .containsExactlyInAnyOrder(
            "smtp.port @ c.yaml line 2",
            "smtp.prot @ c.yaml line 3",
            "htpp @ c.yaml line 4",
            "ring.tokens @ c.yaml line 7",
            "grpc.port @ TRIBUTARY_GRPC_PORT",
            "TRIBUTARY_OPS_PROT @ environment",
            "TRIBUTARY_SMPT_PORT @ environment");
  }

  @Test
  void unknownVariableShouldBeRefusedWithTheNearest() {
    assertThat(problems(Optional.empty(), Map.of("TRIBUTARY_SMTP_PROT", "1")))
        .singleElement()
        .asString()
        .contains("did you mean TRIBUTARY_SMTP_PORT?");
  }

  @Test
  void variablesOfOthersShouldBeLeftAlone() {
    Map<String, String> environment =
        Map.of(
            "TRIBUTARY_TOKEN", "trb_x",
            "TRIBUTARY_GRPC", "127.0.0.1:9090",
            "TRIBUTARY_SERVICE_HOST", "10.0.0.1",
            "TRIBUTARY_PORT_2525_TCP", "tcp://10.0.0.1:2525",
            "PATH", "/bin");

    assertThat(ConfigLoader.load(Optional.empty(), environment)).isNotNull();
    assertThat(environment.keySet()).noneMatch(ConfigLoader::isSetting);
  }

  @Test
  void twoVariablesOfOneKeyShouldAgree() {
    Map<String, String> environment =
        Map.of(
            "TRIBUTARY_SMTP_IDLETIMEOUTMILLIS", "1000",
            "TRIBUTARY_SMTP_IDLE_TIMEOUT_MILLIS", "2000");

    assertThat(problems(Optional.empty(), environment))
        .singleElement()
        .asString()
        .contains("smtp.idleTimeoutMillis", "or only one of them");
  }

  @Test
  void unreadableFilesShouldBeNamed() throws IOException {
    assertThat(problems(folder.resolve("none.yaml"), Map.of())).asString().contains("no such file");
    assertThat(problems(folder, Map.of())).asString().contains("not a file");
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(problems(binary, Map.of())).asString().contains("not UTF-8");
    Path nul = Files.write(folder.resolve("n.yaml"), "a: \0".getBytes(StandardCharsets.UTF_8));
    assertThat(problems(nul, Map.of())).asString().contains("YAML that can't be read");
    Path big = Files.writeString(folder.resolve("big.yaml"), "#".repeat(YamlFile.BYTES_MAX + 1));
    assertThat(problems(big, Map.of())).asString().contains("at most 262144 bytes");
  }

  @Test
  void deepNestingShouldBeAProblemAndNoStackOverflow() throws IOException {
    Path deep = file("smtp: " + "[".repeat(100_000));

    assertThat(problems(deep, Map.of())).isNotEmpty();
  }

  @Test
  void valueShownShouldCarryNoControlCharactersAndBeCut() throws IOException {
    Path file = file("smtp:\n  hostname: \"\\e[31m" + "x".repeat(500) + "\"\n");

    assertThat(problems(file, Map.of()).get(0).toString())
        .doesNotContain("\u001b")
        .hasSizeLessThan(300);
  }

  @Test
  void settingsShouldNameWhoGaveEach() throws IOException {
    Path file = file("smtp:\n  port: 25\n");

    Collection<Setting> settings =
        ConfigLoader.settings(Optional.of(file), Map.of("TRIBUTARY_OPS_PORT", "0"));

    assertThat(settings.stream().collect(Collectors.toMap(Setting::key, Setting::origin)))
        .containsEntry("smtp.port", "c.yaml line 2")
        .containsEntry("ops.port", "TRIBUTARY_OPS_PORT")
        .containsEntry("http.port", "default");
  }

  @Property(tries = 300)
  void anyTextShouldGiveAConfigurationOrProblems(@ForAll String text) throws IOException {
    Path file = Files.createTempFile("config", ".yaml");
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      assertThat(load(file, Map.of())).isNotNull();
    } catch (ConfigException refused) {
      assertThat(refused.problems()).isNotEmpty();
    } finally {
      Files.delete(file);
    }
  }

  @Property
  void anyNumberShouldBeTakenExactlyIfItIsInRange(@ForAll long number) {
    Map<String, String> environment = Map.of("TRIBUTARY_RING_TOKENS", Long.toString(number));

    if (number >= 1 && number <= 4_096) {
      assertThat(ConfigLoader.load(Optional.empty(), environment).ring().tokens())
          .isEqualTo(number);
    } else {
      assertThatThrownBy(() -> ConfigLoader.load(Optional.empty(), environment))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("ring.tokens");
    }
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml);
  }

  private static TributaryConfig load(Path file, Map<String, String> environment) {
    return ConfigLoader.load(Optional.of(file), environment);
  }

  private static List<Problem> problems(Path file, Map<String, String> environment) {
    return problems(Optional.of(file), environment);
  }

  private static List<Problem> problems(Optional<Path> file, Map<String, String> environment) {
    return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, environment))
        .problems();
  }
}
