package govcloud.replication.cut;

import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.archive.CutDeletion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cut is to be made of.
 *
 * @param closedClock the hybrid clock that was closed in every slice
 * @param marks for each slice, the offset of the mark that closed it
 * @param tenantNames names of tenants, as far as they are known; a cut names tenants by pseudonyms,
 *     and those whose names are not here are looked for in the segments
 * @param blobs attachments as stored
 * @param settings what a recovery must find again
 * @param versions of schemas, codecs and programs
 * @param deletion which cuts people agreed to delete
 * @param drained whether the site accepted nothing any more since well before the moment
 */
public record CutOrder(
    long closedClock,
    Map<Integer, Long> marks,
    Set<String> tenantNames,
    List<CutBlob> blobs,
    SortedMap<String, String> settings,
    SortedMap<String, String> versions,
    CutDeletion deletion,
    boolean drained) {

  /**
   * A setting: number of the last copy of the vault that the sibling said it has. An older one than
   * the cut names is no copy that a recovery may take.
   */
  public static final String VAULT_COPY = "govcloud.vault.copy";

  /** Keeps copies. */
  public CutOrder {
    marks = new TreeMap<>(marks);
    tenantNames = Set.copyOf(tenantNames);
    blobs = List.copyOf(blobs);
    settings = new TreeMap<>(settings);
    versions = new TreeMap<>(versions);
  }
}
