package io.tributary.codecs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.Stamp;
import io.tributary.codecs.message.RecipientState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of each kind of action, as they stand in logs for ever: lines of a name and
 * hexadecimal, never changed. What is new in actions comes with new lines.
 */
class GoldenActionsTest {
  private static final Stamp STAMP =
      new Stamp(new Incarnation(0x0123456789ABCDEFL, 0x1122334455667788L), 7);
  private static final Map<String, RecordedAction> ACTIONS = GoldenActions.all();
  private static final Map<String, String> BYTES = bytes();

  static Stream<String> names() {
    return ACTIONS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anActionShouldHaveItsGoldenBytes(String name) {
    Entry entry = new Entry(STAMP, List.of(Objects.requireNonNull(ACTIONS.get(name))));
    String golden = BYTES.getOrDefault(name, "");

    assertThat(name + " " + HexFormat.of().formatHex(EntryCodec.encode(entry)))
        .isEqualTo(name + " " + golden);
    assertThat(EntryCodec.decode(HexFormat.of().parseHex(golden))).isEqualTo(entry);
  }

  @Test
  void allOfThemInOneEntryShouldBeWhatTheyAreAlone() {
    Entry entry = new Entry(STAMP, List.copyOf(ACTIONS.values()));

    assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
    assertThat(BYTES).containsOnlyKeys(ACTIONS.keySet());
  }

  @Test
  void noKindOfActionShouldBeWithoutGoldenBytes() {
    Set<Class<?>> golden = new HashSet<>();
    ACTIONS.values().forEach(recorded -> golden.add(recorded.action().getClass()));

    assertThat(golden).isEqualTo(kinds(Action.class));
  }

  private static Set<Class<?>> kinds(Class<?> sealed) {
    Set<Class<?>> kinds = new HashSet<>();
    for (Class<?> each : sealed.getPermittedSubclasses()) {
      if (each.isSealed()) {
        kinds.addAll(kinds(each));
      } else {
        kinds.add(each);
      }
    }
    return kinds;
  }

  @Test
  void noValueAndNothingOptionalShouldBeWithoutGoldenBytes() {
    Seen seen = new Seen();
    ACTIONS.values().forEach(seen::look);

    assertThat(seen.missing()).isEmpty();
  }

  private static Map<String, String> bytes() {
    Map<String, String> bytes = new LinkedHashMap<>();
    try (InputStream in = GoldenActionsTest.class.getResourceAsStream("/golden/actions.hex")) {
      if (in == null) {
        throw new AssertionError("no golden bytes");
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(line -> bytes.put(line[0], line[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** Which enumerated values, and which optional components, stand in some record. */
  private static final class Seen {
    private final Set<Object> values = new HashSet<>();
    private final Set<Object> expected = new HashSet<>();

    void look(Object value) {
      if (value instanceof Enum<?> constant) {
        values.add(constant);
        expected.addAll(List.of(constant.getDeclaringClass().getEnumConstants()));
      } else if (value instanceof Optional<?> optional) {
        optional.ifPresent(this::look);
      } else if (value instanceof Collection<?> many) {
        many.forEach(this::look);
      } else if (value instanceof Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          Object inside = inside(record, component);
          note(component, inside);
          look(inside);
        }
      }
    }

    private void note(RecordComponent component, Object inside) {
      if (component.getGenericType() instanceof ParameterizedType) {
        String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        boolean optional = inside instanceof Optional<?>;
        boolean empty =
            optional ? ((Optional<?>) inside).isEmpty() : ((Collection<?>) inside).isEmpty();
        values.add(name + (empty ? " without" : " with"));
        expected.addAll(
            optional ? List.of(name + " without", name + " with") : List.of(name + " with"));
      }
    }

    private static Object inside(Record record, RecordComponent component) {
      try {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }

    Set<Object> missing() {
      Set<Object> missing = new HashSet<>(expected);
      missing.removeAll(values);
      missing.remove(RecipientState.State.OWED); // nobody settles what is still owed
      return missing;
    }
  }
}
