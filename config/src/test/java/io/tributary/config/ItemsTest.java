package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose items have keys of their own. */
class ItemsTest {
  @TempDir Path folder;

  @BeforeEach
  void secrets() throws IOException {
    Files.writeString(folder.resolve("one"), "1");
    Files.writeString(folder.resolve("two"), "2");
  }

  @Test
  void itemsShouldBeReadWithWhatTheyLeaveOut() throws IOException {
    TributaryConfig config =
        load(
            """
            sms:
              publicUrl: https://sms.example.com/in
              accounts:
                - provider: twilio
                  account: main
                  providerAccountId: AC1
                  secretFiles: [one, two]
                  mode: shadow
                - {provider: generic, account: main, secretFiles: one}
            """);

    assertThat(config.sms().publicUrl()).isEqualTo("https://sms.example.com/in");
    assertThat(config.sms().accounts())
        .containsExactly(
            new SmsAccountConfig("twilio", "main", "AC1", files("one", "two"), "shadow"),
            new SmsAccountConfig("generic", "main", "", files("one"), "enforce"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sms:\n  accounts: []", "sms:\n  accounts:", "sms:"})
  void noItemsShouldBeNone(String yaml) throws IOException {
    assertThat(load(yaml).sms().accounts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|sms.accounts[0].provider: nothing|twilio, vonage or generic",
        "{provider: other}|sms.accounts[0].provider: \"other\"|twilio, vonage or generic",
        "{account: a/b}|sms.accounts[0].account: \"a/b\"|1 to 64 of",
        "{}|sms.accounts[0].secretFiles: nothing|a list of files",
        "{secretFiles: []}|sms.accounts[0].secretFiles: |a list of files",
        "{secretFiles: [one, none]}|sms.accounts[0].secretFiles: |looked for",
        "{secretFiles: [one, '']}|sms.accounts[0].secretFiles: |a list of files",
        "{mode: [enforce]}|sms.accounts[0].mode: \"[enforce]\"|not a list",
        "{mode: off}|sms.accounts[0].mode: \"off\"|enforce or shadow",
        "{mode: {}}|sms.accounts[0].mode: a section|a value",
        "{moed: x}|sms.accounts[0].moed: unknown key|did you mean mode?",
        "{nothing: x}|sms.accounts[0].nothing: unknown key|one of provider, account",
        "{mode: shadow, mode: enforce}|sms.accounts[0].mode: a second time|each key once",
        "x|sms.accounts[0]: a single value|an item with provider, account",
        "[x]|sms.accounts[0]: a list|an item with provider, account",
      })
  void badItemShouldBeNamedWithWhatIsAllowed(String item, String named, String allowed)
      throws IOException {
    assertThat(problems("sms:\n  accounts: [" + item + "]"))
        .anySatisfy(
            problem ->
                assertThat(problem.toString())
                    .contains(named)
                    .contains(allowed)
                    .contains("c.yaml line 2"));
  }

  @Test
  void allProblemsOfAllItemsShouldBeTold() throws IOException {
    assertThat(
            problems(
                "sms:\n  accounts:\n  - {provider: x, account: a, secretFiles: one}\n"
                    + "  - {provider: twilio, account: a, secretFiles: one}\n"
                    + "  - {provider: twilio, account: b, secretFiles: none, mode: y}\n"))
        .extracting(problem -> problem.key() + " " + problem.origin())
        .containsExactly(
            "sms.accounts[0].provider c.yaml line 3",
            "sms.accounts[2].secretFiles c.yaml line 5",
            "sms.accounts[2].mode c.yaml line 5");
  }

  @Test
  void accountsShouldDiffer() throws IOException {
    String item = "  - {provider: twilio, account: a, secretFiles: one}\n";

    assertThat(problems("sms:\n  accounts:\n" + item + item))
        .singleElement()
        .asString()
        .contains("sms.accounts[1]: twilio/a", "once");
  }

  @Test
  void itemsInOneTextShouldBeRefused() throws IOException {
    assertThat(problems("sms:\n  accounts: twilio/main"))
        .singleElement()
        .asString()
        .contains("a list in the file, each item with provider, account");
    assertThat(problems(Map.of("TRIBUTARY_SMS_ACCOUNTS", "twilio/main")))
        .singleElement()
        .asString()
        .contains("sms.accounts", "a list in the file");
  }

  @Test
  void publicUrlShouldBeSetByTheEnvironment() {
    Map<String, String> environment =
        Map.of("TRIBUTARY_SMS_PUBLIC_URL", "https://sms.example.com:8443");

    assertThat(ConfigLoader.load(Optional.empty(), environment).sms().publicUrl())
        .isEqualTo("https://sms.example.com:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sms.example.com",
        "ftp://x",
        "https://",
        "https://x/",
        "https://x/y/",
        "https://x?y",
        "https://x/y#z",
        "https://u@x",
        "https://x y",
      })
  void publicUrlShouldBeOneToBeginWith(String url) {
    assertThat(problems(Map.of("TRIBUTARY_SMS_PUBLIC_URL", url)))
        .singleElement()
        .asString()
        .contains("sms.publicUrl", "without final /");
  }

  @Test
  void settingShouldShowItsItems() throws IOException {
    String yaml = "sms:\n  accounts: [{provider: twilio, account: a, secretFiles: [one]}]";
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml);

    assertThat(ConfigLoader.settings(Optional.of(file), Map.of()))
        .filteredOn(setting -> setting.key().equals("sms.accounts"))
        .extracting(Setting::written)
        .containsExactly("[{provider: twilio, account: a, secretFiles: [one]}]");
  }

  private List<Path> files(String... names) {
    return List.of(names).stream().map(folder::resolve).toList();
  }

  private TributaryConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml.replace("\\n", "\n"));
    return ConfigLoader.load(Optional.of(file), Map.of());
  }

  private List<Problem> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
    return catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(Optional.of(file), Map.of()))
        .problems();
  }

  private static List<Problem> problems(Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigException.class, () -> ConfigLoader.load(Optional.empty(), environment))
        .problems();
  }
}
