package io.tributary.discovery.zookeeper;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.tributary.codecs.cell.Whole;
import io.tributary.codecs.identity.Incarnation;
import io.tributary.codecs.identity.UserId;
import io.tributary.codecs.message.Bytes;
import io.tributary.discovery.membership.Endpoint;
import io.tributary.discovery.membership.NodeInfo;
import io.tributary.discovery.membership.NodeLoad;
import io.tributary.discovery.membership.NodeState;
import io.tributary.discovery.placement.Cell;
import io.tributary.discovery.placement.Pins;
import io.tributary.discovery.ring.Ring;
import io.tributary.records.v1.CellListRecord;
import io.tributary.records.v1.CellRecord;
import io.tributary.records.v1.ComingsRecord;
import io.tributary.records.v1.DrainRecord;
import io.tributary.records.v1.NodeLoadRecord;
import io.tributary.records.v1.NodeRecord;
import io.tributary.records.v1.PinListRecord;
import io.tributary.records.v1.PinRecord;
import io.tributary.records.v1.RingRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What znodes hold, as bytes: the messages of {@code tributary.records.v1}. Decoding throws {@link
 * IllegalArgumentException} for anything else.
 */
final class ClusterRecords {
  private static final int INCARNATION_BYTES = 2 * Long.BYTES;

  private ClusterRecords() {}

  static Bytes encode(NodeInfo node) {
    return bytes(record(node));
  }

  static NodeInfo decodeNode(Bytes bytes) {
    return node(parse(NodeRecord.parser(), bytes));
  }

  /** Of nodes as they wrote themselves, by their ids. */
  static Bytes encodeRing(List<NodeRecord> members) {
    return bytes(RingRecord.newBuilder().addAllNodes(members).build());
  }

  /**
   * A node as it wrote itself, with what is not known here. Throws {@link IllegalArgumentException}
   * where {@link #decodeNode} does.
   */
  static NodeRecord member(Bytes bytes) {
    NodeRecord written = parse(NodeRecord.parser(), bytes);
    NodeInfo unused = node(written);
    return written;
  }

  /** Of one that could be read. */
  static NodeState stateOf(NodeRecord member) {
    return state(member.getState());
  }

  /** The nodes of a ring, as they wrote themselves. */
  static List<NodeRecord> members(Bytes ring) {
    return ring(ring).getNodesList();
  }

  private static RingRecord ring(Bytes bytes) {
    RingRecord ring = parse(RingRecord.parser(), bytes);
    NewerFormatException.check("a ring", ring.getFormat());
    return ring;
  }

  static Ring decodeRing(Bytes bytes, long version) {
    return new Ring(version, members(bytes).stream().map(ClusterRecords::node).toList());
  }

  static Bytes encodeCells(List<Cell> cells) {
    CellListRecord.Builder list = CellListRecord.newBuilder();
    cells.forEach(
        cell ->
            list.addCells(
                CellRecord.newBuilder()
                    .setNumber(cell.number())
                    .setName(cell.name())
                    .setWeight(cell.weight())
                    .setZookeeper(cell.zookeeper())));
    return bytes(list.build());
  }

  static List<Cell> decodeCells(Bytes bytes) {
    CellListRecord list = parse(CellListRecord.parser(), bytes);
    NewerFormatException.check("a list of cells", list.getFormat());
    return list.getCellsList().stream()
        .map(
            cell ->
                new Cell(cell.getNumber(), cell.getName(), cell.getWeight(), cell.getZookeeper()))
        .toList();
  }

  /**
   * Whoever changes the list of cells or of pins writes all of it anew.
   *
   * @throws NewerFormatException if something in it would be lost
   */
  static void checkCells(Bytes bytes) {
    check(parse(CellListRecord.parser(), bytes), "a list of cells");
  }

  /** The same of pins. */
  static void checkPins(Bytes bytes) {
    check(parse(PinListRecord.parser(), bytes), "a list of pins");
  }

  private static void check(Message list, String what) {
    try {
      Whole.check(list);
    } catch (IllegalArgumentException newer) {
      throw new NewerFormatException(what);
    }
  }

  static Bytes encodePins(Map<UserId, String> pins) {
    PinListRecord.Builder list = PinListRecord.newBuilder();
    new TreeMap<>(pins)
        .forEach(
            (user, cell) ->
                list.addPins(PinRecord.newBuilder().setUser(user.value()).setCell(cell)));
    return bytes(list.build());
  }

  static Pins decodePins(Bytes bytes, long version) {
    PinListRecord list = parse(PinListRecord.parser(), bytes);
    NewerFormatException.check("a list of pins", list.getFormat());
    return new Pins(
        version,
        list.getPinsList().stream()
            .collect(
                Collectors.toMap(
                    pin -> new UserId(pin.getUser()),
                    PinRecord::getCell,
                    (first, second) -> second)));
  }

  static Bytes encodeLoad(NodeLoad load) {
    return bytes(
        NodeLoadRecord.newBuilder()
            .setIncarnation(written(load.incarnation()))
            .setRequestsPerSecond(load.requestsPerSecond())
            .setLagMillis(load.lagMillis())
            .setHeapUsedBytes(load.heap().usedBytes())
            .setHeapMaxBytes(load.heap().maxBytes())
            .setVersion(load.version())
            .build());
  }

  static NodeLoad decodeLoad(Bytes bytes) {
    NodeLoadRecord record = parse(NodeLoadRecord.parser(), bytes);
    return new NodeLoad(
        incarnation(record.getIncarnation()),
        record.getRequestsPerSecond(),
        record.getLagMillis(),
        new NodeLoad.Heap(record.getHeapUsedBytes(), record.getHeapMaxBytes()),
        record.getVersion());
  }

  static Bytes encodeDrain(Incarnation incarnation) {
    return bytes(DrainRecord.newBuilder().setIncarnation(written(incarnation)).build());
  }

  static Incarnation decodeDrain(Bytes bytes) {
    return incarnation(parse(DrainRecord.parser(), bytes).getIncarnation());
  }

  static Bytes encodeComings(List<Long> millis) {
    return bytes(ComingsRecord.newBuilder().addAllAtMillis(millis).build());
  }

  static List<Long> decodeComings(Bytes bytes) {
    return List.copyOf(parse(ComingsRecord.parser(), bytes).getAtMillisList());
  }

  private static ByteString written(Incarnation incarnation) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(INCARNATION_BYTES)
            .putLong(incarnation.high())
            .putLong(incarnation.low())
            .array());
  }

  private static Incarnation incarnation(ByteString written) {
    if (written.size() != INCARNATION_BYTES) {
      throw new IllegalArgumentException("an incarnation has 16 bytes, not " + written.size());
    }
    ByteBuffer read = written.asReadOnlyByteBuffer();
    return new Incarnation(read.getLong(), read.getLong());
  }

  private static NodeRecord record(NodeInfo node) {
    return NodeRecord.newBuilder()
        .setId(node.id())
        .setState(numberOf(node.state()))
        .addAllTokens(node.tokens())
        .setGrpc(node.grpc().toString())
        .setIncarnation(written(node.incarnation()))
        .build();
  }

  private static NodeInfo node(NodeRecord record) {
    return new NodeInfo(
        record.getId(),
        state(record.getState()),
        record.getTokensList(),
        Endpoint.parse(record.getGrpc()),
        incarnation(record.getIncarnation()));
  }

  private static int numberOf(NodeState state) {
    return switch (state) {
      case JOINING -> 1;
      case UP -> 2;
      case DRAINING -> 3;
    };
  }

  private static NodeState state(int number) {
    return switch (number) {
      case 1 -> NodeState.JOINING;
      case 2 -> NodeState.UP;
      case 3 -> NodeState.DRAINING;
      default -> throw new IllegalArgumentException("no node state has number " + number);
    };
  }

  private static Bytes bytes(MessageLite message) {
    return Bytes.ofOwned(message.toByteArray());
  }

  private static <M> M parse(Parser<M> parser, Bytes bytes) {
    try {
      return parser.parseFrom(bytes.unsafeArray());
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalArgumentException("not the record it should be", damaged);
    }
  }
}
