package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.prove.ProofOrder;
import govcloud.recovery.prove.TenantProof;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tenants of a rebuilt cloud, as the keyspace remembers them: which are proved, and which was
 * moved forward, by whatever process.
 */
public final class TargetTenants implements ProofOrder {
  /** Cassandra has no empty keys. */
  private static final String CLOUD = "(cloud)";

  /** How far one tenant is. */
  public enum State {
    /** Not compared yet. */
    WAITING,
    /** As it was. */
    PROVED,
    /** Something is not as it was. */
    DAMAGED
  }

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

  /**
   * Those of a keyspace.
   *
   * @param told hears of each that was proved
   */
  public TargetTenants(Target target, Consumer<TenantProof> told) {
    this.target = target;
    this.told = told;
  }

  private static String key(String tenant) {
    return tenant.isEmpty() ? CLOUD : tenant;
  }

  @Override
  public void begin(List<String> tenants) throws RecoveryException {
    for (int i = 0; i < tenants.size(); i++) {
      target.execute(
          "UPDATE %s.recovery_tenant SET place = ?, state = ?, proved_at = null WHERE tenant = ?",
          i + 1, State.WAITING.name(), key(tenants.get(i)));
    }
  }

  @Override
  public String next(List<String> waiting) throws RecoveryException {
    Map<String, Instant> pins = new HashMap<>();
    for (Row row : rows()) {
      if (row.getInstant("pinned_at") != null) {
        pins.put(row.getString("tenant"), row.getInstant("pinned_at"));
      }
    }
    return waiting.stream()
        .filter(tenant -> pins.containsKey(key(tenant)))
        .max(Comparator.comparing(tenant -> pins.get(key(tenant))))
        .orElse(waiting.get(0));
  }

  @Override
  public void done(TenantProof proof) throws RecoveryException {
    target.execute(
        "UPDATE %s.recovery_tenant SET state = ?, proved_at = toTimestamp(now()) WHERE tenant = ?",
        (proof.proved() ? State.PROVED : State.DAMAGED).name(), key(proof.tenant()));
    told.accept(proof);
  }

  /**
   * Moves a tenant to the front: it is next when the one that is being proved is done. May be said
   * before the proof begins, when nobody knows yet which tenants there are.
   *
   * @throws RecoveryException with {@code RECOVERY_TENANT_UNKNOWN} when there is none of that name
   */
  public Pinned pin(String tenant) throws RecoveryException {
    List<Row> known = rows().stream().filter(row -> row.getString("state") != null).toList();
    State state = State.WAITING;
    if (!known.isEmpty()) {
      state =
          known.stream()
              .filter(row -> row.getString("tenant").equals(key(tenant)))
              .map(row -> State.valueOf(row.getString("state")))
              .findFirst()
              .orElseThrow(() -> unknown(tenant));
    }
    int waiting =
        (int) known.stream().filter(row -> row.getString("state").equals("WAITING")).count();
    if (state != State.WAITING) {
      return new Pinned(state, 0, waiting);
    }
    target.execute(
        "UPDATE %s.recovery_tenant SET pinned_at = toTimestamp(now()) WHERE tenant = ?",
        key(tenant));
    return new Pinned(state, 1, Math.max(1, waiting));
  }

  private RecoveryException unknown(String tenant) {
    return new RecoveryException(
        Code.RECOVERY_TENANT_UNKNOWN,
        "tenant %s: not in keyspace %s (expected: one that `recover plan` lists)"
            .formatted(tenant, target.keyspace()));
  }

  private List<Row> rows() throws RecoveryException {
    return target.all("SELECT * FROM %s.recovery_tenant");
  }
}
