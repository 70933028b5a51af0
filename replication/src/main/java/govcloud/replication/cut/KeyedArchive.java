package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.shipping.HomeFiles;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an archive, verified as they are read, with the keys to open them. Not for several
 * threads.
 */
public final class KeyedArchive implements AutoCloseable {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final EpochSource epochs;
  private final Map<ByteString, EpochKeys> opened = new HashMap<>();

  /**
   * An archive.
   *
   * @param epochs gives the keys of each epoch that is met
   */
  public KeyedArchive(ArchiveStore store, ReplicaTrust trust, EpochSource epochs) {
    this.store = store;
    this.trust = trust;
    this.epochs = epochs;
  }

  /** A verified segment, if it is there. */
  public Optional<Segment> segment(int slice, long number)
      throws ArchiveStoreException, DamagedReplicaException {
    return HomeFiles.segment(store, trust, ArchiveName.segment(slice, number));
  }

  /** A verified cut, if it is there. */
  public Optional<Cut> cut(long number) throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.cut(number);
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Cut.verify(name, file.get(), trust));
  }

  /** The keys of an epoch; closed with this. */
  public EpochKeys keys(KeyGrant grant) throws KeyException {
    EpochKeys known = opened.get(grant.getEpochKey());
    if (known == null) {
      known = epochs.epoch(grant);
      opened.put(grant.getEpochKey(), known);
    }
    return known;
  }

  /** Opens a segment. */
  public SegmentReader reader(Segment segment) throws KeyException {
    return new SegmentReader(keys(segment.statement().getGrant()));
  }

  @Override
  public void close() {
    opened.values().forEach(EpochKeys::close);
    opened.clear();
  }
}
