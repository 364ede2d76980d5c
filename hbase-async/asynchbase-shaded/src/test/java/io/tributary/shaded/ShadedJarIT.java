package io.tributary.shaded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as the other modules get it, which exists only after packaging. */
class ShadedJarIT {

  private static final Path JAR = Path.of(System.getProperty("shaded.jar", "not given"));

  private static final List<String> ALLOWED =
      List.of("org/hbase/async/", "com/stumbleupon/async/", "io/tributary/shaded/", "META-INF/");

  @Test
  void everyClassShouldBeAsynchbasesOrRelocated() throws IOException {
    List<String> strangers = new ArrayList<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      jar.stream()
          .map(JarEntry::getName)
          .filter(name -> !name.endsWith("/"))
          .filter(name -> ALLOWED.stream().noneMatch(name::startsWith))
          .forEach(strangers::add);
    }
    assertThat(strangers).isEmpty();
  }

  @Test
  void asynchbaseShouldReferToNothingUnderItsOldName() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<JarEntry> classes =
          jar.stream()
              .filter(entry -> entry.getName().startsWith("org/hbase/async/"))
              .filter(entry -> entry.getName().endsWith(".class"))
              .toList();
      assertThat(classes).hasSizeGreaterThan(500);
      for (JarEntry entry : classes) {
        String constants =
            new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(constants)
            .as(entry.getName())
            .doesNotContain("com/google/protobuf", "com/google/common", "org/jboss/netty");
      }
    }
  }
}
