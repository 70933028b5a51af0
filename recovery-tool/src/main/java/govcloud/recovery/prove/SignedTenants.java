package govcloud.recovery.prove;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.replication.archive.Cut;
import govcloud.replication.keys.EpochKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tenants that a signed cut names.
 *
 * @param cut its number
 * @param keys of its epoch, by which names and pseudonyms belong together
 * @param tenants by pseudonym
 */
record SignedTenants(long cut, EpochKeys keys, Map<ByteString, CutTenant> tenants) {

  static SignedTenants of(Cut cut, EpochKeys keys) {
    Map<ByteString, CutTenant> named = new HashMap<>();
    cut.statement().getTenantList().forEach(tenant -> named.put(tenant.getTenant(), tenant));
    return new SignedTenants(cut.statement().getNumber(), keys, Map.copyOf(named));
  }

  /** One of them alone; none where the cut does not name it. */
  SignedTenants only(String tenant) {
    Map<ByteString, CutTenant> one = new HashMap<>(tenants);
    one.keySet().retainAll(Set.of(keys.names(tenant).tenant()));
    return new SignedTenants(cut, keys, Map.copyOf(one));
  }
}
