package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestLog;
import govcloud.replication.archive.WrittenSegment;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.blob.TestBlobs;
import govcloud.replication.statement.SigningKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A home cloud's log and archive, made from a seed. */
final class TestCloud {
  static final int SLICES = 3;

  /** Everything at one moment: what a cut must say. */
  record Moment(long clock, Map<Integer, Long> marks, Map<String, Map<String, EntityHead>> heads) {}

  final MemoryStore store = new MemoryStore();
  final MemoryBlobStore blobs = new MemoryBlobStore();
  private final Random random;
  private final SigningKey key = TestKeys.HOME;
  private final List<TestLog> logs = new ArrayList<>();
  private final List<SliceHead> heads = new ArrayList<>();
  private final List<List<ByteString>> waiting = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  int epoch = 1;

  TestCloud(long seed) {
    random = new Random(seed);
    for (int slice = 0; slice < SLICES; slice++) {
      logs.add(new TestLog(slice, seed * 31 + slice));
      heads.add(SliceHead.start(slice));
      waiting.add(new ArrayList<>());
      offsets.add(0L);
    }
  }

  /** Some batches in each slice, and sometimes a segment. */
  void work(int rounds) throws Exception {
    for (int i = 0; i < rounds; i++) {
      int slice = random.nextInt(SLICES);
      List<ByteString> batches = logs.get(slice).batches(1 + random.nextInt(4));
      waiting.get(slice).addAll(batches);
      offsets.set(slice, offsets.get(slice) + batches.size());
      if (random.nextInt(3) == 0) {
        archive(slice);
      }
    }
  }

  /** Closes a clock in every slice, with work between the slices' marks. */
  Moment close() throws Exception {
    long clock = logs.stream().mapToLong(TestLog::clock).max().orElseThrow() + 1_000_000;
    Map<Integer, Long> marks = new TreeMap<>();
    Map<String, Map<String, EntityHead>> all = new HashMap<>();
    for (int slice = 0; slice < SLICES; slice++) {
      waiting.get(slice).add(logs.get(slice).mark(clock));
      marks.put(slice, offsets.get(slice));
      offsets.set(slice, offsets.get(slice) + 1);
      logs.get(slice)
          .heads()
          .forEach(
              (tenant, ends) -> all.computeIfAbsent(tenant, t -> new HashMap<>()).putAll(ends));
      waiting.get(slice).addAll(logs.get(slice).batches(1 + random.nextInt(3)));
      offsets.set(slice, heads.get(slice).nextOffset() + waiting.get(slice).size());
    }
    return new Moment(clock, marks, all);
  }

  void archiveAll() throws Exception {
    for (int slice = 0; slice < SLICES; slice++) {
      archive(slice);
    }
  }

  /** Puts what waits into segments. */
  void archive(int slice) throws Exception {
    while (!waiting.get(slice).isEmpty()) {
      SegmentWriter writer = new SegmentWriter(key, TestKeys.epoch(epoch), 3);
      WrittenSegment written = writer.write(heads.get(slice), waiting.get(slice));
      long taken = written.head().nextOffset() - heads.get(slice).nextOffset();
      waiting.get(slice).subList(0, (int) taken).clear();
      heads.set(slice, written.head());
      store.put(ArchiveName.segment(slice, written.head().number()), written.file());
    }
  }

  CutMaker maker() {
    return new CutMaker(store, TestKeys.TRUST, key, grant -> TestKeys.epoch(grant.getEpoch()), 3);
  }

  CutOrder order(Moment moment, Set<String> names) {
    return new CutOrder(
        moment.clock(),
        moment.marks(),
        names,
        listed(),
        new TreeMap<>(Map.of("govcloud.journal.slices", "3")),
        new TreeMap<>(Map.of("case/1", "1")),
        deletion,
        false);
  }

  /** A tenant sends an attachment. */
  BlobAddress attach(String content) throws Exception {
    return blobs.add(TestBlobs.sealed(TestKeys.epoch(epoch), key.cloud(), "housing", content));
  }

  private List<CutBlob> listed() {
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

  /** What people agreed to delete, as the next cuts say. */
  CutDeletion deletion = CutDeletion.NONE;

  Optional<Cut> make(Moment moment) throws Exception {
    try (CutMaker maker = maker()) {
      return maker.make(order(moment, Set.of("housing", "nobody")), TestKeys.epoch(epoch));
    }
  }

  /** What a cut says, opened tenant by tenant. */
  static Map<String, Map<String, EntityHead>> opened(Cut cut) throws Exception {
    Map<String, Map<String, EntityHead>> all = new HashMap<>();
    for (String tenant : List.of("housing", "planning", "environment", "")) {
      Map<String, EntityHead> entities = new HashMap<>();
      cut.directory(TestKeys.epoch(cut.statement().getGrant().getEpoch()), tenant)
          .getEntityList()
          .forEach(
              entry ->
                  entities.put(
                      entry.getEntityId(), new EntityHead(entry.getSequence(), entry.getChain())));
      if (!entities.isEmpty()) {
        all.put(tenant, entities);
      }
    }
    return all;
  }
}
