package govcloud.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the manifests that nobody needs, since a cut vouches for all that they list. Blocks. */
final class SupersededManifests {
  private final ArchiveStore store;
  private final ReplicaTrust trust;

  SupersededManifests(ArchiveStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /**
   * Goes on from where the manifests began before: past all that list only segments before those
   * with which a cut ends. What is left lists those of every slice, so whoever goes back through it
   * meets each slice.
   *
   * @param cut that is kept
   * @return the same as before where no more can go
   */
  ManifestBeginning behind(ManifestBeginning before, Cut cut)
      throws ArchiveStoreException, DamagedReplicaException {
    Map<Integer, Long> ends = cut.ends();
    Map<Integer, Long> unlisted = new HashMap<>(ends);
    ManifestBeginning found = before;
    boolean goes = true;
    for (long number = before.generation() + 1; !unlisted.isEmpty(); number++) {
      ArchiveName name = ArchiveName.manifest(number);
      Optional<byte[]> file = store.read(name);
      if (file.isEmpty()) {
        return before;
      }
      Manifest manifest = Manifest.verify(name, file.get(), trust);
      goes &=
          manifest.statement().getSegmentList().stream()
              .allMatch(entry -> entry.getNumber() < ends.getOrDefault(entry.getSlice(), 0L));
      found = goes ? new ManifestBeginning(number, manifest.hash()) : found;
      manifest
          .statement()
          .getSegmentList()
          .forEach(entry -> unlisted.remove(entry.getSlice(), entry.getNumber()));
    }
    return found;
  }
}
