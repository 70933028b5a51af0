package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Segment;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the names of the tenants that a cut names by pseudonyms: each has records in a segment. */
final class TenantSearch {
  private final KeyedArchive home;
  private final Cut cut;
  private final Set<ByteString> missing = new HashSet<>();
  private final Map<ByteString, String> found = new HashMap<>();

  TenantSearch(KeyedArchive home, Cut cut) {
    this.home = home;
    this.cut = cut;
  }

  /**
   * The names by pseudonym.
   *
   * @param known names that are tried first
   */
  Map<ByteString, String> names(Set<String> known)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    for (CutTenant tenant : cut.statement().getTenantList()) {
      missing.add(tenant.getTenant());
    }
    EpochKeys keys = home.keys(cut.statement().getGrant());
    known.forEach(name -> take(keys.tenant(name), name));
    for (CutSlice slice : cut.statement().getSliceList()) {
      search(slice);
    }
    if (!missing.isEmpty()) {
      throw cut.mismatch(missing.size() + " tenants have no records in any segment");
    }
    return found;
  }

  private void search(CutSlice slice)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    for (long number = slice.getSegment(); number >= 1 && !missing.isEmpty(); number--) {
      Optional<Segment> segment = home.segment(slice.getSlice(), number);
      if (segment.isPresent()
          && segment.get().statement().getPartList().stream()
              .map(SealedPart::getTenant)
              .anyMatch(missing::contains)) {
        EpochKeys keys = home.keys(segment.get().statement().getGrant());
        home.reader(segment.get())
            .tenants(segment.get())
            .forEach(name -> take(keys.tenant(name), name));
      }
    }
  }

  private void take(ByteString pseudonym, String name) {
    if (missing.remove(pseudonym)) {
      found.put(pseudonym, name);
    }
  }
}
