package govcloud.recovery.index;

import govcloud.domain.subject.SubjectEvent;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.plan.TenantOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which segments hold whose records, who matters first, and which keys of people were erased. As
 * large as the number of tenants times that of segments, in bits, and the number of erasures.
 */
public final class ArchiveIndex {
  private final SortedMap<Integer, SliceIndex> slices = new TreeMap<>();
  private final Map<String, Long> records = new HashMap<>();
  private final TenantOrder order = new TenantOrder();
  private final Set<String> erased = new HashSet<>();

  ArchiveIndex() {}

  synchronized void add(int slice, SliceIndex index) {
    slices.put(slice, index);
    index.records().forEach(order::count);
    index.records().forEach((tenant, count) -> records.merge(tenant, count, Long::sum));
  }

  synchronized void learn(Record record) {
    for (Object event :
        CommitCodecs.byManifest(record.getManifest())
            .decode(record.getPayload().toByteArray())
            .events()) {
      order.learn(record, event);
      if (event instanceof SubjectEvent.Erased erasure) {
        erased.add(record.getEntityId() + "/" + erasure.key());
      }
    }
  }

  /** The slices. */
  public SortedMap<Integer, SliceIndex> slices() {
    return slices;
  }

  /**
   * All tenants with the number of their records: the cloud's own, then the stricter disaster
   * class, then the smaller.
   */
  public Map<String, Long> tenants() {
    Map<String, Long> ordered = new LinkedHashMap<>();
    order.order().forEach(tenant -> ordered.put(tenant, records.get(tenant)));
    return ordered;
  }

  /**
   * Whether a key of a person was erased.
   *
   * @param tenant the department
   * @param subject the person's pseudonym in it
   * @param key its name
   */
  public CompletionStage<Boolean> erased(String tenant, String subject, String key) {
    return CompletableFuture.completedStage(
        erased.contains("subject/" + tenant + "/" + subject + "/" + key));
  }
}
