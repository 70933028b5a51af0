package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.EntitySpan;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.replication.statement.ReplicaHash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All tenants' entities as segments tell them without a key. */
public final class ReplicaHeads {
  private final Map<ByteString, TenantHeads> tenants = new TreeMap<>(Pseudonyms.ORDER);

  /** Nobody has any entity. */
  public ReplicaHeads() {}

  /** Reads what {@link #write} wrote. */
  public static ReplicaHeads read(DataInput in) throws IOException {
    ReplicaHeads heads = new ReplicaHeads();
    int tenants = in.readInt();
    for (int i = 0; i < tenants; i++) {
      heads.tenants.put(TenantHeads.bytes(in, ReplicaHash.SHORT), TenantHeads.read(in));
    }
    return heads;
  }

  /** Writes everything, some 56 bytes for each entity. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(tenants.size());
    for (Map.Entry<ByteString, TenantHeads> tenant : tenants.entrySet()) {
      out.write(tenant.getKey().toByteArray());
      tenant.getValue().write(out);
    }
  }

  /** Takes a segment; gives a sentence for each span that does not follow its entity. */
  public List<String> add(Segment segment) {
    List<String> gaps = new ArrayList<>();
    for (SealedPart part : segment.statement().getPartList()) {
      if (part.getTenant().isEmpty()) {
        continue;
      }
      TenantHeads heads = tenants.computeIfAbsent(part.getTenant(), t -> new TenantHeads());
      for (EntitySpan span : part.getEntityList()) {
        heads.add(span).ifPresent(end -> gaps.add(sentence(part.getTenant(), span, end)));
      }
    }
    return gaps;
  }

  private static String sentence(ByteString tenant, EntitySpan span, long end) {
    return "tenant "
        + ReplicaHash.hex(tenant)
        + ", entity "
        + ReplicaHash.hex(span.getEntity())
        + ": from "
        + span.getFrom()
        + " (expected: "
        + (end + 1)
        + ")";
  }

  /** The tenants as a cut names them, ascending. */
  public List<CutTenant> cut() {
    List<CutTenant> cut = new ArrayList<>();
    tenants.forEach((tenant, heads) -> cut.add(heads.cut(tenant)));
    return cut;
  }
}
