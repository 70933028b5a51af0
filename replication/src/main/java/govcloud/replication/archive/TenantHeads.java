package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.EntitySpan;
import govcloud.replication.statement.ReplicaHash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tenant's entities as segments tell them without a key: where each ends. */
final class TenantHeads {
  private record End(long sequence, ByteString chain) {}

  private final Map<ByteString, End> ends = new TreeMap<>(Pseudonyms.ORDER);
  private long records;

  static TenantHeads read(DataInput in) throws IOException {
    TenantHeads heads = new TenantHeads();
    heads.records = in.readLong();
    int entities = in.readInt();
    for (int i = 0; i < entities; i++) {
      ByteString entity = bytes(in, ReplicaHash.SHORT);
      heads.ends.put(entity, new End(in.readLong(), bytes(in, ReplicaHash.LENGTH)));
    }
    return heads;
  }

  static ByteString bytes(DataInput in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteString.copyFrom(bytes);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(records);
    out.writeInt(ends.size());
    for (Map.Entry<ByteString, End> end : ends.entrySet()) {
      out.write(end.getKey().toByteArray());
      out.writeLong(end.getValue().sequence());
      out.write(end.getValue().chain().toByteArray());
    }
  }

  /**
   * Takes a span.
   *
   * @return where the entity ended, when the span does not follow it
   */
  Optional<Long> add(EntitySpan span) {
    End before = ends.put(span.getEntity(), new End(span.getTo(), span.getChain()));
    records += span.getTo() - span.getFrom() + 1;
    long end = before == null ? 0 : before.sequence();
    return span.getFrom() == end + 1 ? Optional.empty() : Optional.of(end);
  }

  /** The tenant as a cut names it. */
  CutTenant cut(ByteString tenant) {
    MerkleTree tree = new MerkleTree();
    ends.forEach((entity, end) -> tree.add(Leaves.entity(entity, end.sequence(), end.chain())));
    return CutTenant.newBuilder()
        .setTenant(tenant)
        .setEntities(ends.size())
        .setRecords(records)
        .setRoot(tree.root())
        .build();
  }
}
