package io.tributary.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Who may know whom. What Maven's modules can't forbid is held here. */
@AnalyzeClasses(
    packages = "io.tributary",
    importOptions = {ImportOption.DoNotIncludeTests.class, ModuleDirectionTest.NoTestJars.class})
class ModuleDirectionTest {
  /** Contracts and fixtures of other modules. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test-classes/");
    }
  }

  private static final String CODECS = "io.tributary.codecs..";
  private static final String STORAGE = "io.tributary.storage..";
  private static final String CONFIG = "io.tributary.config..";

  @ArchTest static final ArchRule CODECS_KNOW_NOBODY = only(CODECS, "io.tributary.records..");

  @ArchTest static final ArchRule CONFIG_KNOWS_NOBODY = only(CONFIG);

  @ArchTest static final ArchRule PORTS_KNOW_VALUES = only(STORAGE, CODECS);

  @ArchTest
  static final ArchRule DISCOVERY_KNOWS_PORTS = only("io.tributary.discovery..", CODECS, STORAGE);

  @ArchTest
  static final ArchRule CHANNELS_KNOW_VALUES = only("io.tributary.channels..", CODECS, CONFIG);

  @ArchTest
  static final ArchRule MAILBOX_KNOWS_PORTS = only("io.tributary.mailbox..", CODECS, STORAGE);

  @ArchTest static final ArchRule STORE_KNOWS_PORTS = only("io.tributary.store..", CODECS, STORAGE);

  @ArchTest
  static final ArchRule IMPLEMENTATIONS_ARE_BOUND_IN_ONE_PLACE =
      noClasses()
          .that(not(resideInAnyPackage("io.tributary.store..", "io.tributary.server.node..")))
          .should()
          .dependOnClassesThat(resideInAPackage("io.tributary.store.."));

  @ArchTest
  static final ArchRule ASYNCHBASE_STAYS_IN_THE_STORE =
      noClasses()
          .that(not(resideInAnyPackage("io.tributary.store..", "io.tributary.shaded..")))
          .and()
          .resideInAPackage("io.tributary..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.hbase..", "com.stumbleupon..", "io.tributary.shaded.."));

  @ArchTest
  static final ArchRule LOGIC_IS_PLAIN_CODE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tributary.mailbox..",
              "io.tributary.channels..",
              "io.tributary.discovery..",
              STORAGE,
              "io.tributary.store..")
          .should()
          .dependOnClassesThat(resideInAPackage("io.vertx.."));

  @ArchTest
  static final ArchRule THE_MAILBOX_DOES_NO_IO =
      noClasses()
          .that()
          .resideInAPackage("io.tributary.mailbox..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.netty..", "java.net..", "java.nio.file..", "java.nio.channels.."));

  @ArchTest
  static final ArchRule FUTURES_STAY_AT_THE_EDGE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tributary.server.api..",
              "io.tributary.server.router..",
              "io.tributary.server.metrics..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.core.Future");

  @ArchTest
  static final ArchRule NETTY_STAYS_WITH_THE_DECODERS =
      noClasses()
          .that()
          .resideInAPackage("io.tributary..")
          .and(
              not(
                  resideInAnyPackage(
                      "io.tributary.codecs.smtp..",
                      "io.tributary.server.smtp..",
                      "io.tributary.shaded..")))
          .should()
          .dependOnClassesThat(resideInAPackage("io.netty.."));

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_NODE_HAVE_NO_CYCLES =
      slices().matching("io.tributary.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_DISCOVERY_HAVE_NO_CYCLES =
      slices().matching("io.tributary.discovery.(*)..").should().beFreeOfCycles();

  private static ArchRule only(String who, String... known) {
    String[] all = Arrays.copyOf(known, known.length + 1);
    all[known.length] = who;
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.tributary..")).or(resideInAnyPackage(all)));
  }
}
