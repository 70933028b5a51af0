package govcloud.replication.archive;

import govcloud.protobuf.replica.v1.CutBlob;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cut says was there.
 *
 * @param closedClock nothing with a hybrid clock above this is in it
 * @param slices heads behind the last segment of each slice that has any
 * @param tenants for each tenant, where each of its entities ends
 * @param blobs attachments as stored
 * @param settings what a recovery must find again
 * @param versions of schemas, codecs and programs
 * @param deletion which cuts people agreed to delete
 * @param beginning where the manifests begin
 * @param drained whether the site accepted nothing any more since well before the moment
 */
public record CutContent(
    long closedClock,
    List<SliceHead> slices,
    Map<String, Map<String, EntityHead>> tenants,
    List<CutBlob> blobs,
    SortedMap<String, String> settings,
    SortedMap<String, String> versions,
    CutDeletion deletion,
    ManifestBeginning beginning,
    boolean drained) {

  /** Keeps copies. */
  public CutContent {
    slices = List.copyOf(slices);
    tenants = Map.copyOf(tenants);
    blobs = List.copyOf(blobs);
    settings = new TreeMap<>(settings);
    versions = new TreeMap<>(versions);
  }
}
