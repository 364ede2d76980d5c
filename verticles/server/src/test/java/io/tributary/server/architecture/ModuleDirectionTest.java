package io.tributary.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who may know whom. What Maven's modules can't forbid is held here. */
class ModuleDirectionTest {
  private static final String CODECS = "io.tributary.codecs..";
  private static final String RECORDS = "io.tributary.records..";
  private static final String CELL = "io.tributary.cell..";
  private static final String STORAGE = "io.tributary.storage..";
  private static final String CONFIG = "io.tributary.config..";

  @Test
  void codecsShouldKnowNobody() {
    Production.check(only(CODECS, RECORDS, CELL));
  }

  @Test
  void configShouldKnowNobody() {
    Production.check(only(CONFIG));
  }

  @Test
  void storagePortsShouldKnowValuesOnly() {
    Production.check(only(STORAGE, CODECS));
  }

  @Test
  void discoveryShouldKnowNoSibling() {
    Production.check(only("io.tributary.discovery..", CODECS, RECORDS, STORAGE));
  }

  @Test
  void channelsShouldKnowNoSibling() {
    Production.check(only("io.tributary.channels..", CODECS, CONFIG));
  }

  @Test
  void theMailboxShouldKnowNoSibling() {
    Production.check(only("io.tributary.mailbox..", CODECS, RECORDS, STORAGE));
  }

  @Test
  void theStoreShouldKnowNoSibling() {
    Production.check(only("io.tributary.store..", CODECS, STORAGE));
  }

  @Test
  void implementationsShouldBeBoundInOnePlace() {
    Production.check(
        noClasses()
            .that(not(resideInAnyPackage("io.tributary.store..", "io.tributary.server.node..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.tributary.store..")));
  }

  @Test
  void asynchbaseShouldStayInTheStore() {
    Production.check(
        noClasses()
            .that(not(resideInAnyPackage("io.tributary.store..", "io.tributary.shaded..")))
            .and()
            .resideInAPackage("io.tributary..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("org.hbase..", "com.stumbleupon..", "io.tributary.shaded..")));
  }

  @Test
  void logicShouldNotKnowVertx() {
    Production.check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.tributary.mailbox..",
                "io.tributary.channels..",
                "io.tributary.discovery..",
                STORAGE,
                "io.tributary.store..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx..")));
  }

  @Test
  void theMailboxShouldDoNoIo() {
    Production.check(
        noClasses()
            .that()
            .resideInAPackage("io.tributary.mailbox..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "io.netty..", "java.net..", "java.nio.file..", "java.nio.channels..")));
  }

  @Test
  void futuresShouldStayAtTheEdge() {
    Production.check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.tributary.server.api..",
                "io.tributary.server.conversation..",
                "io.tributary.server.outbox..",
                "io.tributary.server.router..",
                "io.tributary.server.metrics..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.Future"));
  }

  @Test
  void nettyShouldStayWithTheDecoders() {
    Production.check(
        noClasses()
            .that()
            .resideInAPackage("io.tributary..")
            .and(
                not(
                    resideInAnyPackage(
                        "io.tributary.codecs.smtp..",
                        "io.tributary.server.smtp..",
                        "io.tributary.server.chat..",
                        "io.tributary.shaded..")))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "io.netty.channel..", "io.netty.handler..", "io.netty.buffer..")));
  }

  @Test
  void packagesOfTheNodeShouldHaveNoCycles() {
    Production.check(slices().matching("io.tributary.server.(*)..").should().beFreeOfCycles());
  }

  @Test
  void packagesOfDiscoveryShouldHaveNoCycles() {
    Production.check(slices().matching("io.tributary.discovery.(*)..").should().beFreeOfCycles());
  }

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
