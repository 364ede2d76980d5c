package io.tributary.server.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;

/** Our classes as they run, of all modules below this one; no tests, no contracts. */
final class Production {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(Production::isNoContract)
          .importPackages("io.tributary");

  private Production() {}

  static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static boolean isNoContract(Location location) {
    return !location.contains("-tests.jar");
  }
}
