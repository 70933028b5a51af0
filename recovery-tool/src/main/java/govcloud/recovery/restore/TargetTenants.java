package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.schema.RecoveryQueue;
import govcloud.journal.schema.RecoveryQueue.Entry;
import govcloud.journal.schema.RecoveryQueue.State;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.prove.ProofOrder;
import govcloud.recovery.prove.TenantProof;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The tenants of a rebuilt cloud, as the keyspace remembers them: which are proved, and which was
 * moved forward, by whatever process.
 */
public final class TargetTenants implements ProofOrder {
  /**
   * What became of moving a tenant forward.
   *
   * @param state how far it is
   * @param place in the queue, from 1; 0: not in it
   * @param waiting how many are in the queue
   */
  public record Pinned(State state, int place, int waiting) {}

  private final Target target;
  private final Consumer<TenantProof> told;
  private final boolean opens;

  /**
   * Those of a keyspace.
   *
   * @param told hears of each that was proved
   */
  public TargetTenants(Target target, Consumer<TenantProof> told) {
    this(target, told, false);
  }

  /**
   * Those of a keyspace.
   *
   * @param told hears of each that was proved
   * @param opens whether nodes may serve each as soon as it is proved; the cloud's own entities,
   *     without which no node works, are the first then
   */
  public TargetTenants(Target target, Consumer<TenantProof> told, boolean opens) {
    this.target = target;
    this.told = told;
    this.opens = opens;
  }

  @Override
  public Predicate<String> served() throws RecoveryException {
    if (!target.served()) {
      return tenant -> false;
    }
    if (target.state().filter(state -> state != Target.State.OPENING).isPresent()) {
      return tenant -> true;
    }
    RecoveryQueue queue = queue();
    return tenant -> queue.find(tenant).filter(entry -> entry.state() != State.PROVED).isEmpty();
  }

  /** What is served stays so while it is looked at again. */
  @Override
  public void begin(Map<String, Long> tenants) throws RecoveryException {
    Predicate<String> served = served();
    int place = 0;
    for (Map.Entry<String, Long> tenant : tenants.entrySet()) {
      target.execute(
          "UPDATE %s.recovery_tenant SET place = ?, records = ? WHERE tenant = ?",
          ++place, tenant.getValue(), RecoveryQueue.key(tenant.getKey()));
      if (!served.test(tenant.getKey())) {
        target.execute(
            "UPDATE %s.recovery_tenant SET state = ?, proved_at = null WHERE tenant = ?",
            State.WAITING.name(), RecoveryQueue.key(tenant.getKey()));
      }
    }
  }

  /** Whoever waits comes before those that are only looked at again. */
  @Override
  public String next(List<String> waiting) throws RecoveryException {
    if (opens && waiting.contains("")) {
      return "";
    }
    List<String> queue = queue().waiting().stream().map(Entry::tenant).toList();
    return queue.stream()
        .map(tenant -> tenant.equals(RecoveryQueue.CLOUD) ? "" : tenant)
        .filter(waiting::contains)
        .findFirst()
        .orElse(waiting.get(0));
  }

  @Override
  public void done(TenantProof proof) throws RecoveryException {
    target.execute(
        "UPDATE %s.recovery_tenant SET state = ?, proved_at = toTimestamp(now()) WHERE tenant = ?",
        (proof.proved() ? State.PROVED : State.DAMAGED).name(), RecoveryQueue.key(proof.tenant()));
    if (opens && proof.proved()) {
      target.reached(Target.State.OPENING);
    }
    told.accept(proof);
  }

  /**
   * Moves a tenant to the front: it is next when the one that is being proved is done. May be said
   * before the proof begins, when nobody knows yet which tenants there are.
   *
   * @throws RecoveryException with {@code RECOVERY_TENANT_UNKNOWN} when there is none of that name
   */
  public Pinned pin(String tenant) throws RecoveryException {
    RecoveryQueue queue = queue();
    State state = State.WAITING;
    if (!queue.all().isEmpty()) {
      state = queue.find(tenant).map(Entry::state).orElseThrow(() -> unknown(tenant));
    }
    int waiting = queue.waiting().size();
    if (state != State.WAITING) {
      return new Pinned(state, 0, waiting);
    }
    target.execute(
        "UPDATE %s.recovery_tenant SET pinned_at = toTimestamp(now()) WHERE tenant = ?",
        RecoveryQueue.key(tenant));
    return new Pinned(state, 1, Math.max(1, waiting));
  }

  private RecoveryException unknown(String tenant) {
    return new RecoveryException(
        Code.RECOVERY_TENANT_UNKNOWN,
        "tenant %s: not in keyspace %s (expected: one that `recover plan` lists)"
            .formatted(tenant, target.keyspace()));
  }

  /** How far each tenant is, and who comes next. */
  public RecoveryQueue queue() throws RecoveryException {
    List<Row> rows = target.all("SELECT * FROM %s.recovery_tenant");
    return RecoveryQueue.of(rows);
  }
}
