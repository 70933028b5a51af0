package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.blob.TestBlobs;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole replica, made from a seed: segments, manifests, receipts, two countersigned cuts,
 * attachments.
 */
public final class TestReplica {
  private static final long TIME = 1_700_000_000_000L;
  private static final int SLICES = 2;

  private final SigningKey home;
  private final EpochKeys keys;
  private final SegmentWriter writer;
  private final MemoryStore store = new MemoryStore();
  private final MemoryBlobStore blobs = new MemoryBlobStore();
  private final List<TestLog> logs = new ArrayList<>();
  private final List<SliceHead> heads = new ArrayList<>();
  private final List<ByteString> batches = new ArrayList<>();
  private final ReplicaTrust trust;
  private ByteString manifest = ByteString.EMPTY;
  private ByteString cut = ByteString.EMPTY;
  private long generation;
  private long cuts;

  private TestReplica(SigningKey home, ReplicaTrust trust, EpochKeys keys, long seed) {
    this.home = home;
    this.trust = trust;
    this.keys = keys;
    this.writer = new SegmentWriter(home, keys, 3);
    for (int slice = 0; slice < SLICES; slice++) {
      logs.add(new TestLog(slice, seed * 31 + slice));
      heads.add(SliceHead.start(slice));
    }
  }

  /** The replica of a cloud that signs with a key. */
  public static TestReplica of(SigningKey home, long seed) throws Exception {
    ReplicaTrust trust =
        new ReplicaTrust(
            home.cloud(), "mountain", TestKeys.TRUST.keys(), TestKeys.TRUST.recoveryKeys());
    TestReplica replica = new TestReplica(home, trust, TestKeys.epoch(1), seed);
    for (int round = 0; round < 4; round++) {
      replica.segments();
      if (round % 2 == 1) {
        replica.cut();
      }
    }
    return replica;
  }

  /** A segment of each slice, their manifest and receipts. */
  private void segments() throws Exception {
    List<SliceHead> made = new ArrayList<>();
    for (int slice = 0; slice < SLICES; slice++) {
      List<ByteString> next = logs.get(slice).batches(3);
      batches.addAll(next);
      WrittenSegment written = writer.write(heads.get(slice), next);
      SliceHead head = written.head();
      heads.set(slice, head);
      made.add(head);
      ArchiveName name = ArchiveName.segment(slice, head.number());
      store.put(name, written.file());
      Segment segment = Segment.verify(name, written.file().toByteArray(), trust);
      store.put(
          ArchiveName.receipt(slice, head.number()),
          Receipt.write(TestKeys.SIBLING, segment, TIME + head.number()));
    }
    generation++;
    ByteString file = Manifest.write(home, generation, manifest, made, clock());
    store.put(ArchiveName.manifest(generation), file);
    manifest = hash(file);
  }

  private long clock() {
    return logs.stream().mapToLong(TestLog::clock).max().orElseThrow();
  }

  private void cut() throws Exception {
    cuts++;
    Map<String, Map<String, EntityHead>> tenants = new HashMap<>();
    for (TestLog log : logs) {
      log.heads()
          .forEach(
              (tenant, ends) -> tenants.computeIfAbsent(tenant, t -> new HashMap<>()).putAll(ends));
    }
    long closed = logs.stream().mapToLong(TestLog::clock).min().orElseThrow();
    CutContent content =
        new CutContent(
            closed,
            heads,
            tenants,
            listed(),
            new TreeMap<>(Map.of("slices", "2")),
            new TreeMap<>(Map.of("case/1", "1", "govcloud", "0.1.0")),
            CutDeletion.NONE,
            ManifestBeginning.NONE,
            false);
    ByteString file = new CutWriter(home, keys, 3).write(cuts, cut, content);
    store.put(ArchiveName.cut(cuts), file);
    cut = hash(file);
    Cut verified = Cut.verify(ArchiveName.cut(cuts), file.toByteArray(), trust);
    store.put(
        ArchiveName.countersignature(cuts),
        Countersignature.write(TestKeys.SIBLING, verified, TIME + cuts));
  }

  /** An attachment more in each round; the last is of several chunks. */
  private List<CutBlob> listed() throws Exception {
    String content = "cut " + cuts + "\n" + "一二三".repeat(cuts == 1 ? 1 : 9_000);
    blobs.add(TestBlobs.sealed(keys, home.cloud(), "housing", content));
    List<CutBlob> listed = new ArrayList<>();
    blobs.list(
        stored ->
            listed.add(
                CutBlob.newBuilder()
                    .setAddress(stored.address().hash())
                    .setLength(stored.length())
                    .build()));
    return listed;
  }

  private static ByteString hash(ByteString file) {
    if (file.isEmpty()) {
      return govcloud.replication.statement.ReplicaHash.of(file);
    }
    int length = file.substring(8, 12).asReadOnlyByteBuffer().getInt();
    return govcloud.replication.statement.ReplicaHash.of(file.substring(0, 28 + length));
  }

  /** Its files. */
  public MemoryStore store() {
    return store;
  }

  /** Its attachments. */
  public MemoryBlobStore blobs() {
    return blobs;
  }

  /** Checks it, as it was made. */
  public ReplicaVerifier verifier() {
    return new ReplicaVerifier(store, blobs, trust);
  }

  /** Who may have signed what. */
  public ReplicaTrust trust() {
    return trust;
  }

  /** All batches that went into it, slice by slice within each round. */
  public List<ByteString> batches() {
    return batches;
  }

  /** The last manifest and cut. */
  public ReplicaAnchor anchor() {
    return new ReplicaAnchor(generation, manifest, cuts, cut);
  }
}
