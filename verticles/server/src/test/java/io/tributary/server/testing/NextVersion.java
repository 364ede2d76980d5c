package io.tributary.server.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The next version of the program: today's, with one decision recorded as an action that today's
 * does not know, and with another format of snapshots, as its authors would have to give it.
 */
public final class NextVersion {
  private static final Path PROJECT =
      Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("../..").normalize();
  private static final String LOG = "codecs/src/main/java/io/tributary/codecs/log/";
  private static final String MAILBOX = "verticles/mailbox/src/main/java/io/tributary/mailbox/";

  private NextVersion() {}

  /**
   * Its classes, which are to stand before today's on the class path.
   *
   * @param folder an empty one
   */
  public static Path compiledIn(Path folder) throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<Path> changed =
        List.of(
            changed(
                sources,
                LOG + "DecisionRecords.java",
                "written.setModified(MarkRecords.write(modified));",
                "written.setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()"
                    + ".addField(99, com.google.protobuf.UnknownFieldSet.Field.newBuilder()"
                    + ".addLengthDelimited(MarkRecords.write(modified).toByteString()).build())"
                    + ".build());",
                "case DECISION_NOT_SET -> throw UnreadableEntryException",
                "case DECISION_NOT_SET -> { if (written.getUnknownFields().hasField(99)) {"
                    + " yield MarkRecords.read(io.tributary.records.v1.ModifiedRecord.parseFrom("
                    + "written.getUnknownFields().getField(99).getLengthDelimitedList().get(0)));"
                    + " } throw UnreadableEntryException",
                ".unknown(\"entry has an unknown action\");",
                ".unknown(\"entry has an unknown action\"); }"),
            changed(sources, LOG + "ActionRecords.java", "whole(written);", ""),
            changed(
                sources, MAILBOX + "SnapshotCodec.java", "byte VERSION = 2;", "byte VERSION = 3;"));
    compile(changed, classes);
    return classes;
  }

  /**
   * @param edits what stands there once, and what is to stand there instead
   */
  private static Path changed(Path sources, String source, String... edits) throws IOException {
    String text = Files.readString(PROJECT.resolve(source));
    for (int edit = 0; edit < edits.length; edit += 2) {
      Matcher found = anyLineBreaks(edits[edit]).matcher(text);
      if (found.results().count() != 1) {
        throw new AssertionError(source + " does not hold this once: " + edits[edit]);
      }
      text = found.replaceFirst(Matcher.quoteReplacement(edits[edit + 1]));
    }
    return Files.writeString(sources.resolve(Path.of(source).getFileName()), text);
  }

  /** A formatter must not break this. */
  private static Pattern anyLineBreaks(String original) {
    return Pattern.compile(
        Stream.of(original.split(" ")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
  }

  private static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-classpath",
              System.getProperty("java.class.path"),
              "-proc:none",
              "-nowarn");
      if (!compiler
          .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new AssertionError("the next version does not compile: " + messages);
      }
    }
  }
}
