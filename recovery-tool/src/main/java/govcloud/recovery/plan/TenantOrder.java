package govcloud.recovery.plan;

import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.TenantEvent;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which tenants matter: the cloud's own, then the stricter disaster class, then
 * whoever others get data from before those that need it, then the smaller. Learned from the log;
 * as large as the number of tenants and agreements. Not for several threads.
 */
public final class TenantOrder {
  private static final Set<String> TYPES = Set.of("tenant", "agreement");

  private final Map<String, Long> records = new HashMap<>();
  private final Map<String, DisasterClass> classes = new HashMap<>();
  private final Map<String, AgreementTerms> applied = new HashMap<>();
  private final Map<String, AgreementTerms> inForce = new HashMap<>();

  /** Whether the events of an entity of this type decide the order. */
  public static boolean needs(String entityType) {
    return TYPES.contains(entityType);
  }

  /** Counts a record. */
  public void count(String tenant) {
    count(tenant, 1);
  }

  /** Counts records. */
  public void count(String tenant, long more) {
    records.merge(tenant, more, Long::sum);
  }

  /**
   * Learns from an event.
   *
   * @param record the one that holds it
   */
  public void learn(Record record, Object event) {
    String entity = record.getEntityId();
    if (event instanceof TenantEvent.Registered registered) {
      classes.put(record.getTenant(), registered.disasterClass());
    } else if (event instanceof TenantEvent.DisasterClassChanged changed) {
      classes.put(record.getTenant(), changed.disasterClass());
    } else if (event instanceof AgreementEvent.Applied application) {
      applied.put(entity, application.terms());
    } else if (event instanceof AgreementEvent.Granted grant) {
      applied.put(entity, grant.terms());
    } else if (event instanceof AgreementEvent.TookEffect && applied.containsKey(entity)) {
      inForce.put(entity, applied.get(entity));
    } else if (event instanceof AgreementEvent.Revoked || event instanceof AgreementEvent.Expired) {
      inForce.remove(entity);
    }
  }

  /** The class of a tenant; continuous where none is known. */
  public DisasterClass classOf(String tenant) {
    return classes.getOrDefault(tenant, DisasterClass.CONTINUOUS);
  }

  /** All tenants that have records. */
  public List<String> order() {
    List<String> sorted = new ArrayList<>(records.keySet());
    sorted.sort(
        Comparator.comparing((String tenant) -> !tenant.isEmpty())
            .thenComparing(this::classOf, Comparator.reverseOrder())
            .thenComparing(records::get)
            .thenComparing(Comparator.naturalOrder()));
    Map<String, Set<String>> providers = new HashMap<>();
    for (AgreementTerms terms : inForce.values()) {
      providers.computeIfAbsent(terms.consumer(), name -> new TreeSet<>()).add(terms.provider());
    }
    Set<String> placed = new LinkedHashSet<>();
    sorted.forEach(tenant -> place(tenant, providers, new LinkedHashSet<>(), placed));
    return List.copyOf(placed);
  }

  /** Two that need each other follow by size. */
  private void place(
      String tenant,
      Map<String, Set<String>> providers,
      Collection<String> waiting,
      Set<String> placed) {
    if (placed.contains(tenant) || waiting.contains(tenant)) {
      return;
    }
    waiting.add(tenant);
    for (String provider : providers.getOrDefault(tenant, Set.of())) {
      if (records.containsKey(provider) && classOf(provider) == classOf(tenant)) {
        place(provider, providers, waiting, placed);
      }
    }
    placed.add(tenant);
  }
}
