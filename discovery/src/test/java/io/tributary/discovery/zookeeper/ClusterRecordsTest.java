package io.tributary.discovery.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.ring.Ring;
import io.tributary.records.v1.CellListRecord;
import io.tributary.records.v1.CellRecord;
import io.tributary.records.v1.NodeRecord;
import io.tributary.records.v1.PinListRecord;
import io.tributary.records.v1.RingRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ClusterRecordsTest {
  private static final NodeInfo NODE =
      new NodeInfo(
          "n1",
          NodeState.UP,
          List.of(-1L, 2L),
          new Endpoint("127.0.0.1", 9_090),
          new Incarnation(1, 2));

  private static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(1_000, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
          .build();

  @Test
  void aRingShouldKeepItsBytesForEver() {
    String node =
        "0a026e3110021a100200000000000000ffffffffffffffff220e3132372e302e302e313a393039302a10"
            + "00000000000000010000000000000002";
    assertThat(hex(ClusterRecords.encode(NODE))).isEqualTo(node);
    assertThat(hex(ClusterRecords.encodeRing(List.of(record(NODE))))).isEqualTo("0a3a" + node);
  }

  @Test
  void cellsAndPinsShouldKeepTheirBytesForEver() {
    assertThat(hex(ClusterRecords.encodeCells(List.of(Cell.sharing(1, "c1", 100)))))
        .isEqualTo("0a0808011202633118" + "64");
    assertThat(hex(ClusterRecords.encodePins(Map.of(new UserId(5), "c1"))))
        .isEqualTo("0a0d090500000000000000" + "12026331");
  }

  @Test
  void whatNodesSayShouldKeepItsBytesForEverAndComeBack() {
    NodeLoad load = new NodeLoad(new Incarnation(1, 2), 1.5, 3, new NodeLoad.Heap(4, 5), "0.1.0");
    String incarnation = "0a10" + "00000000000000010000000000000002";
    assertThat(hex(ClusterRecords.encodeLoad(load)))
        .isEqualTo(
            incarnation + "11000000000000f83f" + "1803" + "2004" + "2805" + "3205302e312e30");
    assertThat(ClusterRecords.decodeLoad(ClusterRecords.encodeLoad(load))).isEqualTo(load);
    assertThat(hex(ClusterRecords.encodeDrain(load.incarnation()))).isEqualTo(incarnation);
    assertThat(ClusterRecords.decodeDrain(ClusterRecords.encodeDrain(load.incarnation())))
        .isEqualTo(load.incarnation());
    assertThat(hex(ClusterRecords.encodeComings(List.of(1L, 300L)))).isEqualTo("0a0301ac02");
    assertThat(ClusterRecords.decodeComings(ClusterRecords.encodeComings(List.of(1L, 300L))))
        .containsExactly(1L, 300L);
  }

  @Test
  void cellsAndPinsShouldComeBackAsTheyWent() {
    List<Cell> cells = List.of(Cell.sharing(1, "east", 100), Cell.sharing(0xFFFF, "west", 0));
    assertThat(ClusterRecords.decodeCells(ClusterRecords.encodeCells(cells))).isEqualTo(cells);
    Map<UserId, String> pins = Map.of(new UserId(1), "west", new UserId(Long.MAX_VALUE), "east");
    assertThat(ClusterRecords.decodePins(ClusterRecords.encodePins(pins), 3).cells())
        .isEqualTo(pins);
    assertThat(ClusterRecords.decodePins(ClusterRecords.encodePins(pins), 3).version())
        .isEqualTo(3);
  }

  @Property(tries = 200)
  void ringsShouldComeBackAsTheyWent(@ForAll("nodes") List<NodeInfo> nodes) {
    Ring ring = new Ring(9, nodes);
    assertThat(
            ClusterRecords.decodeRing(
                ClusterRecords.encodeRing(
                    ring.nodes().stream().map(ClusterRecordsTest::record).toList()),
                9))
        .isEqualTo(ring);
  }

  @Property(tries = 500)
  void arbitraryBytesShouldGiveARecordOrBeRefused(@ForAll byte[] bytes) {
    decodeOrRefuse(ClusterRecords::decodeNode, bytes);
    decodeOrRefuse(ClusterRecords::decodeLoad, bytes);
    decodeOrRefuse(ClusterRecords::decodeDrain, bytes);
    decodeOrRefuse(ClusterRecords::decodeComings, bytes);
    decodeOrRefuse(ClusterRecords::decodeCells, bytes);
    decodeOrRefuse(data -> ClusterRecords.decodeRing(data, 1), bytes);
    decodeOrRefuse(data -> ClusterRecords.decodePins(data, 1), bytes);
  }

  @Test
  void aStateOfANewerVersionShouldBeRefused() {
    byte[] bytes = ClusterRecords.encode(NODE).toArray();
    bytes[5] = 9;
    assertThatThrownBy(() -> ClusterRecords.decodeNode(Bytes.ofOwned(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("state");
  }

  private static NodeRecord record(NodeInfo node) {
    return ClusterRecords.member(ClusterRecords.encode(node));
  }

  @Test
  void formatsOfANewerVersionShouldBeRefused() {
    for (Message newer :
        List.of(
            RingRecord.newBuilder().setFormat(1).build(),
            CellListRecord.newBuilder().setFormat(1).build(),
            PinListRecord.newBuilder().setFormat(1).build())) {
      Bytes bytes = Bytes.ofOwned(newer.toByteArray());
      assertThatThrownBy(() -> decode(newer, bytes))
          .isInstanceOf(NewerFormatException.class)
          .hasMessageContaining("newer version");
    }
  }

  private static Object decode(Message of, Bytes bytes) {
    if (of instanceof RingRecord) {
      return ClusterRecords.decodeRing(bytes, 1);
    }
    return of instanceof PinListRecord
        ? ClusterRecords.decodePins(bytes, 1)
        : ClusterRecords.decodeCells(bytes);
  }

  /** It is read as far as it is known; but who writes all of it anew would lose the rest. */
  @Test
  void listsWithMoreInThemShouldBeReadAndNotBeChanged() {
    CellRecord cell =
        CellRecord.newBuilder().setNumber(1).setName("c1").setUnknownFields(NEWER).build();
    Bytes cells = Bytes.ofOwned(CellListRecord.newBuilder().addCells(cell).build().toByteArray());
    Bytes pins =
        Bytes.ofOwned(PinListRecord.newBuilder().setUnknownFields(NEWER).build().toByteArray());

    assertThat(ClusterRecords.decodeCells(cells)).containsExactly(Cell.sharing(1, "c1", 0));
    assertThatThrownBy(() -> ClusterRecords.checkCells(cells))
        .isInstanceOf(NewerFormatException.class);
    assertThat(ClusterRecords.decodePins(pins, 1).cells()).isEmpty();
    assertThatThrownBy(() -> ClusterRecords.checkPins(pins))
        .isInstanceOf(NewerFormatException.class);
  }

  /** The ring's writer may be of an older version than the nodes in it. */
  @Test
  void aNodeShouldStandInTheRingWithAllThatItSays() {
    NodeRecord newer = record(NODE).toBuilder().setUnknownFields(NEWER).build();
    NodeRecord member = ClusterRecords.member(Bytes.ofOwned(newer.toByteArray()));

    Bytes ring = ClusterRecords.encodeRing(List.of(member));

    assertThat(ClusterRecords.members(ring)).containsExactly(newer);
    assertThat(ClusterRecords.decodeRing(ring, 2).nodes()).containsExactly(NODE);
  }

  @Provide
  Arbitrary<List<NodeInfo>> nodes() {
    return Combinators.combine(
            Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(20),
            Arbitraries.of(NodeState.class),
            Arbitraries.longs().list().ofMaxSize(20),
            Arbitraries.integers().between(1, 65_535),
            Arbitraries.longs())
        .as(
            (id, state, tokens, port, bits) ->
                new NodeInfo(
                    id, state, tokens, new Endpoint("host", port), new Incarnation(bits, ~bits)))
        .list()
        .uniqueElements(NodeInfo::id)
        .ofMaxSize(6);
  }

  private static void decodeOrRefuse(Function<Bytes, ?> decode, byte[] bytes) {
    try {
      assertThat(decode.apply(Bytes.copyOf(bytes))).isNotNull();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.unsafeArray());
  }
}
