package org.hbase.async;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.hbase.async.generated.ClientPB.Condition;
import org.hbase.async.generated.ClientPB.CoprocessorServiceCall;
import org.hbase.async.generated.ClientPB.CoprocessorServiceRequest;
import org.hbase.async.generated.ClientPB.CoprocessorServiceResponse;
import org.hbase.async.generated.ClientPB.MutationProto;
import org.hbase.async.generated.ComparatorPB.BinaryComparator;
import org.hbase.async.generated.ComparatorPB.ByteArrayComparable;
import org.hbase.async.generated.ComparatorPB.Comparator;
import org.hbase.async.generated.HBasePB.CompareType;
import org.jboss.netty.buffer.ChannelBuffer;

/**
 * Rows of one region, written together if every condition holds and else not at all: {@code
 * mutateRows} of HBase's own coprocessor {@code MultiRowMutationEndpoint}, which checks the
 * conditions and writes under the locks of all rows, with one sync. Conditions came with HBase 2.5.
 *
 * <p>Sent once: whatever goes wrong afterwards ends it.
 *
 * <p>The request, and the answer's one field, as in {@code MultiRowMutation.proto} of HBase 2.5;
 * asynchbase's own classes are of a time before conditions:
 *
 * <pre>
 * MutateRowsRequest   1 mutation_request: MutationProto, repeated; 5 condition: Condition, repeated
 * MutateRowsResponse  1 processed: bool
 * </pre>
 */
final class MutateRowsRequest extends HBaseRpc implements HBaseRpc.HasTable, HBaseRpc.HasKey {

  static final byte[] EXEC_SERVICE = {'E', 'x', 'e', 'c', 'S', 'e', 'r', 'v', 'i', 'c', 'e'};

  private static final int MUTATION_REQUEST = 1;
  private static final int CONDITION = 5;

  /** Tag of field 1 as a varint. */
  private static final int PROCESSED_TAG = 1 << 3;

  /** More than any client may try, so that there is no second try. */
  private static final byte ATTEMPTS_SPENT = Byte.MAX_VALUE;

  private static final byte[] NOTHING = {};

  /** Nothing of ours ever looks like this. */
  private static final byte[] NEVER_WRITTEN = {0};

  private final List<PutRequest> puts;
  private final List<Condition> conditions;

  private MutateRowsRequest(
      byte[] table, byte[] key, List<PutRequest> puts, List<Condition> conditions) {
    super(table, key);
    this.puts = puts;
    this.conditions = conditions;
    setFailfast(true);
  }

  /**
   * Writes each row if none of them is there.
   *
   * @param puts of one table, each of another row and of one column; at least one
   */
  static MutateRowsRequest creating(List<PutRequest> puts) {
    PutRequest first = puts.get(0);
    List<Condition> absent = new ArrayList<>(puts.size());
    for (PutRequest put : puts) {
      absent.add(equal(put, NOTHING));
    }
    return new MutateRowsRequest(first.table(), first.key(), puts, absent);
  }

  /**
   * Writes each row.
   *
   * @param puts as for {@link #creating}
   */
  static MutateRowsRequest writing(List<PutRequest> puts) {
    PutRequest first = puts.get(0);
    return new MutateRowsRequest(first.table(), first.key(), puts, List.of());
  }

  /** Writes nothing, under a condition that is never met, so that a server that checks says no. */
  static MutateRowsRequest probing(PutRequest near) {
    List<Condition> never = List.of(equal(near, NEVER_WRITTEN));
    return new MutateRowsRequest(near.table(), near.key(), List.of(), never);
  }

  @Override
  byte[] method(byte serverVersion) {
    return EXEC_SERVICE;
  }

  @Override
  public byte[] table() {
    return table;
  }

  @Override
  public byte[] key() {
    return key;
  }

  /** Called when it is sent, and never again. */
  @Override
  ChannelBuffer serialize(byte serverVersion) {
    attempt = ATTEMPTS_SPENT;
    CoprocessorServiceCall call =
        CoprocessorServiceCall.newBuilder()
            .setRow(Bytes.wrap(key))
            .setServiceName("MultiRowMutationService")
            .setMethodName("MutateRows")
            .setRequest(Bytes.wrap(parameter()))
            .build();
    return toChannelBuffer(
        EXEC_SERVICE,
        CoprocessorServiceRequest.newBuilder()
            .setRegion(getRegion().toProtobuf())
            .setCall(call)
            .build());
  }

  /**
   * What is thrown here ends the connection, so the answer may be a failure.
   *
   * @return whether the conditions held and all was written; or an {@link UnknownProtocolException}
   *     if the server doesn't say, because it doesn't know conditions
   */
  @Override
  Object deserialize(ChannelBuffer buffer, int cellBytes) {
    HBaseRpc.ensureNoCell(cellBytes);
    CoprocessorServiceResponse response = readProtobuf(buffer, CoprocessorServiceResponse.PARSER);
    try {
      CodedInputStream in = response.getValue().getValue().newCodedInput();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == PROCESSED_TAG) {
          return in.readBool();
        }
        in.skipField(tag);
      }
    } catch (IOException e) {
      return new InvalidResponseException("mutateRows was answered with something else", e);
    }
    return new UnknownProtocolException("mutateRows takes no conditions here", this);
  }

  private byte[] parameter() {
    List<MutationProto> mutations = new ArrayList<>(puts.size());
    for (PutRequest put : puts) {
      mutations.add(mutation(put));
    }
    try {
      byte[] bytes = new byte[bytes(MUTATION_REQUEST, mutations) + bytes(CONDITION, conditions)];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (MutationProto mutation : mutations) {
        out.writeMessage(MUTATION_REQUEST, mutation);
      }
      for (Condition condition : conditions) {
        out.writeMessage(CONDITION, condition);
      }
      out.checkNoSpaceLeft();
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array doesn't fail
    }
  }

  private static int bytes(int field, List<? extends MessageLite> messages) {
    int bytes = 0;
    for (MessageLite message : messages) {
      bytes += CodedOutputStream.computeMessageSize(field, message);
    }
    return bytes;
  }

  private static MutationProto mutation(PutRequest put) {
    return MutationProto.newBuilder()
        .setRow(Bytes.wrap(put.key()))
        .setMutateType(MutationProto.MutationType.PUT)
        .addColumnValue(
            MutationProto.ColumnValue.newBuilder()
                .setFamily(Bytes.wrap(put.family()))
                .addQualifierValue(
                    MutationProto.ColumnValue.QualifierValue.newBuilder()
                        .setQualifier(Bytes.wrap(put.qualifier()))
                        .setValue(Bytes.wrap(put.value()))
                        .setTimestamp(put.timestamp())))
        .build();
  }

  private static Condition equal(PutRequest put, byte[] expected) {
    return Condition.newBuilder()
        .setRow(Bytes.wrap(put.key()))
        .setFamily(Bytes.wrap(put.family()))
        .setQualifier(Bytes.wrap(put.qualifier()))
        .setCompareType(CompareType.EQUAL)
        .setComparator(comparator(expected))
        .build();
  }

  private static Comparator comparator(byte[] expected) {
    ByteString comparable =
        BinaryComparator.newBuilder()
            .setComparable(ByteArrayComparable.newBuilder().setValue(Bytes.wrap(expected)))
            .build()
            .toByteString();
    return Comparator.newBuilder()
        .setName("org.apache.hadoop.hbase.filter.BinaryComparator")
        .setSerializedComparator(comparable)
        .build();
  }
}
