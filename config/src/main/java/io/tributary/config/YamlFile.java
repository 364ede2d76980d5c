package io.tributary.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a file of two levels, section and key (a list may have items with keys of their own), into
 * settings that remember their line. It composes YAML's nodes and builds no objects, so a value is
 * the text as written ({@code no} is no boolean) and a tag does nothing. Used by one thread.
 */
final class YamlFile {
  static final int BYTES_MAX = 262_144;
  private static final int DEPTH_MAX = 20;

  private final String name;
  private final Optional<Path> folder;
  private final List<Problem> problems;
  private final List<Setting> settings = new ArrayList<>();

  private YamlFile(String name, Optional<Path> folder, List<Problem> problems) {
    this.name = name;
    this.folder = folder;
    this.problems = problems;
  }

  /** What the file says; what can't be read of it becomes a problem. */
  static List<Setting> read(Path file, List<Problem> problems) {
    String name = String.valueOf(file.getFileName());
    Path folder = file.toAbsolutePath().getParent();
    YamlFile yaml = new YamlFile(name, Optional.ofNullable(folder), problems);
    return yaml.text(file).map(yaml::parse).orElse(List.of());
  }

  static List<Setting> parse(String name, String text, List<Problem> problems) {
    return new YamlFile(name, Optional.empty(), problems).parse(text);
  }

  private Optional<String> text(Path file) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "not a file" : "no such file";
      return refuse(file + " (" + found + ")", "a file that this process can read");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      return bytes.length > BYTES_MAX
          ? refuse("more than " + BYTES_MAX + " bytes", "at most " + BYTES_MAX + " bytes")
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return refuse("text that is not UTF-8", "UTF-8");
    } catch (IOException unreadable) {
      return refuse(file + " (not readable)", "a file that this process can read");
    }
  }

  private List<Setting> parse(String text) {
    try {
      Node root = new Yaml(options()).compose(new StringReader(text));
      if (root != null) {
        root(root);
      }
    } catch (MarkedYAMLException malformed) {
      int line = malformed.getProblemMark() == null ? 1 : malformed.getProblemMark().getLine() + 1;
      String what = "YAML that can't be read (" + malformed.getProblem() + ")";
      problems.add(
          new Problem(name, what, "sections of `key: value` lines", name + " line " + line));
    } catch (YAMLException malformed) {
      refuse("YAML that can't be read (" + malformed.getMessage() + ")", "YAML");
    }
    return settings;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(BYTES_MAX);
    options.setNestingDepthLimit(DEPTH_MAX);
    return options;
  }

  private void root(Node root) {
    if (isNothing(root)) {
      return;
    }
    for (Map.Entry<String, NodeTuple> section : mapping(root, "", "sections such as `smtp:`")) {
      section(section.getKey(), section.getValue());
    }
  }

  private void section(String section, NodeTuple found) {
    if (!Schema.sections().contains(section)) {
      unknown(section, found.getKeyNode(), Schema.sections());
      return;
    }
    if (isNothing(found.getValueNode())) {
      return;
    }
    String allowed = "a section of `key: value` lines";
    for (Map.Entry<String, NodeTuple> entry : mapping(found.getValueNode(), section, allowed)) {
      String key = section + "." + entry.getKey();
      if (Schema.isKey(key)) {
        keyed(key, entry.getValue().getValueNode()).ifPresent(settings::add);
      } else {
        unknown(key, entry.getValue().getKeyNode(), List.copyOf(Schema.keys()));
      }
    }
  }

  private Optional<Setting> keyed(String key, Node node) {
    Optional<Class<?>> item = Schema.recordsOf(key);
    return item.isPresent() && node instanceof SequenceNode list
        ? Optional.of(records(key, item.get(), list))
        : value(key, node);
  }

  private Optional<Setting> value(String key, Node node) {
    if (node instanceof ScalarNode scalar) {
      return Optional.of(setting(key, List.of(text(scalar)), false, node));
    }
    if (node instanceof SequenceNode list
        && list.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      List<String> items = list.getValue().stream().map(item -> text((ScalarNode) item)).toList();
      return Optional.of(setting(key, items, true, node));
    }
    String found = node instanceof MappingNode ? "a section" : "a list of something else";
    problems.add(new Problem(key, found, "a value or a list of values", origin(node)));
    return Optional.empty();
  }

  /** A list whose items have keys of their own, which are named {@code section.key[0].name}. */
  private Setting records(String key, Class<?> type, SequenceNode list) {
    List<Map<String, Setting>> records = new ArrayList<>();
    for (Node item : list.getValue()) {
      records.add(record(key + "[" + records.size() + "]", Schema.namesOf(type), item));
    }
    return new Setting(key, List.of(), true, origin(list), folder, records);
  }

  private Map<String, Setting> record(String key, List<String> names, Node item) {
    Map<String, Setting> record = new LinkedHashMap<>();
    String allowed = "an item with " + String.join(", ", names);
    for (Map.Entry<String, NodeTuple> entry : mapping(item, key, allowed)) {
      if (names.contains(entry.getKey())) {
        value(key + "." + entry.getKey(), entry.getValue().getValueNode())
            .ifPresent(value -> record.put(entry.getKey(), value));
      } else {
        String origin = origin(entry.getValue().getKeyNode());
        problems.add(Unknown.name(entry.getKey(), key, names, origin));
      }
    }
    return record;
  }

  private List<Map.Entry<String, NodeTuple>> mapping(Node node, String key, String allowed) {
    List<Map.Entry<String, NodeTuple>> entries = new ArrayList<>();
    if (!(node instanceof MappingNode mapping)) {
      String found = node instanceof SequenceNode ? "a list" : "a single value";
      problems.add(new Problem(key.isEmpty() ? name : key, found, allowed, origin(node)));
      return entries;
    }
    Map<String, Node> seen = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String entry = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      Node first = seen.putIfAbsent(entry, tuple.getKeyNode());
      if (first == null) {
        entries.add(Map.entry(entry, tuple));
      } else {
        String dotted = key.isEmpty() ? entry : key + "." + entry;
        String allowedOnce = "each key once; the first is on line " + line(first);
        problems.add(new Problem(dotted, "a second time", allowedOnce, origin(tuple.getKeyNode())));
      }
    }
    return entries;
  }

  private void unknown(String key, Node node, List<String> candidates) {
    problems.add(Unknown.key(key, candidates, origin(node)));
  }

  private Setting setting(String key, List<String> items, boolean list, Node node) {
    return new Setting(key, items, list, origin(node), folder);
  }

  private String origin(Node node) {
    return name + " line " + line(node);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static String text(ScalarNode scalar) {
    return isNothing(scalar) ? "" : scalar.getValue();
  }

  private static boolean isNothing(@Nullable Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("~")
            || scalar.getValue().equals("null"));
  }

  private Optional<String> refuse(String found, String allowed) {
    problems.add(new Problem(name, found, allowed));
    return Optional.empty();
  }
}
