package io.tributary.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles mutants in memory, against the test class path. */
final class MutantCompiler {
  private static final Path PROJECT =
      Path.of(System.getProperty("basedir", ".")).resolve("../..").normalize();

  private MutantCompiler() {}

  /** Names and bytes of the classes that the mutant's sources make. */
  static Map<String, byte[]> compile(Mutant mutant) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String source = sources.computeIfAbsent(edit.source(), MutantCompiler::read);
      sources.put(edit.source(), applied(edit, source));
    }
    return compile(sources);
  }

  private static String read(String source) {
    try {
      return Files.readString(PROJECT.resolve(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** White space may differ: a formatter must not break a planted bug. */
  private static String applied(Mutant.Edit edit, String source) {
    String pattern =
        Stream.of(edit.original().strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher matcher = Pattern.compile(pattern).matcher(source);
    long found = matcher.results().count();
    if (found != 1) {
      throw new AssertionError(
          edit.source() + " holds this " + found + " times, not once: " + edit.original());
    }
    return matcher.replaceFirst(Matcher.quoteReplacement(edit.replacement()));
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    JavaFileManager files = new Memory(compiler.getStandardFileManager(null, null, null), classes);
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-classpath", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
    List<Source> units =
        sources.entrySet().stream()
            .map(each -> new Source(each.getKey(), each.getValue()))
            .toList();
    if (!compiler.getTask(messages, files, null, options, null, units).call()) {
      throw new AssertionError("the mutant does not compile: " + messages);
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
