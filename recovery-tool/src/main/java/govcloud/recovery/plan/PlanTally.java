package govcloud.recovery.plan;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.TenantEvent;
import govcloud.journal.HybridClock;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts records tenant by tenant. As large as the number of tenants; for several threads. */
final class PlanTally {
  private final SortedMap<String, OfTenant> tenants = new TreeMap<>();
  private final TenantOrder order = new TenantOrder();
  private long highestClock;
  private long bytes;

  /** One tenant so far. */
  private static final class OfTenant {
    private LocalText name;
    private long entities;
    private long records;
    private long afterCut;
    private long highestClock;
    private final SortedMap<String, Long> events = new TreeMap<>();
  }

  /**
   * Takes a segment in.
   *
   * @param behindCut whether it is behind the cut
   * @throws InvalidProtocolBufferException when a batch is not one
   */
  synchronized void add(List<ByteString> batches, long size, boolean behindCut)
      throws InvalidProtocolBufferException {
    bytes += size;
    for (ByteString batch : batches) {
      LogBatch log = LogBatch.parseFrom(batch);
      highestClock = Math.max(highestClock, log.getHighestClock());
      for (ByteString record : log.getRecordList()) {
        add(Record.parseFrom(record), behindCut);
      }
    }
  }

  private void add(Record record, boolean behindCut) {
    OfTenant tenant = tenants.computeIfAbsent(record.getTenant(), name -> new OfTenant());
    tenant.records++;
    order.count(record.getTenant());
    tenant.highestClock = Math.max(tenant.highestClock, record.getHybridClock());
    tenant.entities += record.getSequence() == 1 ? 1 : 0;
    tenant.afterCut += behindCut ? 1 : 0;
    if (behindCut || TenantOrder.needs(record.getEntityType())) {
      List<?> events =
          CommitCodecs.byManifest(record.getManifest())
              .decode(record.getPayload().toByteArray())
              .events();
      for (Object event : events) {
        order.learn(record, event);
        learn(tenant, event);
        if (behindCut) {
          String kind = record.getEntityType() + "." + event.getClass().getSimpleName();
          tenant.events.merge(kind, 1L, Long::sum);
        }
      }
    }
  }

  private static void learn(OfTenant tenant, Object event) {
    if (event instanceof TenantEvent.Registered registered) {
      tenant.name = registered.name();
    } else if (event instanceof TenantEvent.Renamed renamed) {
      tenant.name = renamed.name();
    }
  }

  /** Bytes of the archive's segments. */
  synchronized long bytes() {
    return bytes;
  }

  /** The highest hybrid clock in them. */
  synchronized long highestClock() {
    return highestClock;
  }

  /** The tenants in the order that matters. */
  synchronized List<TenantPlan> plans() {
    List<TenantPlan> plans = new ArrayList<>();
    for (String id : order.order()) {
      OfTenant tenant = tenants.get(id);
      LocalText name = tenant.name == null ? new LocalText(id, id) : tenant.name;
      plans.add(
          new TenantPlan(
              id,
              name,
              order.classOf(id),
              tenant.entities,
              tenant.records,
              tenant.afterCut,
              Instant.ofEpochMilli(HybridClock.millisOf(tenant.highestClock)),
              tenant.events));
    }
    return plans;
  }
}
