package govcloud.faultlab.replica;

import com.google.protobuf.ByteString;
import govcloud.faultlab.checker.LogRow;
import govcloud.faultlab.cloud.Place;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The files that the sibling has kept of the home cloud, opened with shares of its recovery key.
 */
public final class SiblingArchive {
  private static final UUID UNKNOWN = new UUID(0, 0);
  private static final long BUCKET = 1024;

  private final Place home;
  private final Place sibling;
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Map<Integer, Reached> reached = new HashMap<>();

  private record Reached(long number, long nextOffset) {}

  /** Looks at what the sibling has of the home cloud. */
  public SiblingArchive(Place home, Place sibling) throws ArchiveStoreException, KeyException {
    this.home = home;
    this.sibling = sibling;
    this.store = FileSystemArchiveStore.open(sibling.received());
    CloudCard origin = home.card();
    List<TrustedKey> keys = new ArrayList<>(origin.signingKeys());
    keys.addAll(sibling.card().signingKeys());
    this.trust =
        new ReplicaTrust(
            home.cloud(), sibling.cloud(), new TrustedKeys(keys), Set.of(origin.recoveryKey()));
  }

  /** The offset in a slice up to which verified segments lie there without a gap; excluded. */
  public synchronized long next(int slice) {
    Reached at = reached.getOrDefault(slice, new Reached(0, 0));
    try {
      for (var next = segment(ArchiveName.segment(slice, at.number() + 1));
          next != null;
          next = segment(ArchiveName.segment(slice, at.number() + 1))) {
        at = new Reached(at.number() + 1, next.lastOffset() + 1);
      }
    } catch (ArchiveStoreException | DamagedReplicaException notThere) {
      // What cannot be read is not there; the verifier says at the end what is wrong with it.
      return at.nextOffset();
    } finally {
      reached.put(slice, at);
    }
    return at.nextOffset();
  }

  private Segment segment(ArchiveName name) throws ArchiveStoreException, DamagedReplicaException {
    byte[] file = store.read(name).orElse(null);
    return file == null ? null : Segment.verify(name, file, trust);
  }

  /** Checks every signature, hash, chain and receipt, and returns what is wrong. */
  public List<String> findings() throws ArchiveStoreException {
    ReplicaReport report =
        new ReplicaVerifier(store, FileSystemBlobStore.open(sibling.received()), trust)
            .verify(ReplicaAnchor.NONE);
    return report.findings().stream().map(Finding::toString).toList();
  }

  /** The log as a recovery would write it, in no order. */
  public List<LogRow> log() throws ArchiveStoreException, DamagedReplicaException, KeyException {
    List<LogRow> rows = new ArrayList<>();
    Map<ByteString, EpochKeys> epochs = new HashMap<>();
    try (RecoverySecrets secrets = RecoverySecrets.join(home.card().recovery(), home.shares())) {
      for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
        Segment segment = segment(name);
        var grant = segment.statement().getGrant();
        if (!epochs.containsKey(grant.getEpochKey())) {
          epochs.put(grant.getEpochKey(), secrets.open(grant));
        }
        long offset = segment.statement().getFirstOffset();
        for (ByteString batch :
            new SegmentReader(epochs.get(grant.getEpochKey())).batches(segment)) {
          rows.add(row(name.slice(), offset++, batch));
        }
      }
    } finally {
      epochs.values().forEach(EpochKeys::close);
    }
    return rows;
  }

  private static LogRow row(int slice, long offset, ByteString batch) {
    String text = Base64.getEncoder().encodeToString(batch.toByteArray());
    return new LogRow(slice, offset / BUCKET, offset, UNKNOWN, 0, 0, text);
  }
}
