package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.journal.v1.TakeOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The log of one slice as the journal would write it, made from a seed. */
public final class TestLog {
  private static final String[] TENANTS = {"housing", "planning", "environment", ""};

  private final int slice;
  private final Random random;
  private final Map<String, Map<String, EntityHead>> heads = new HashMap<>();
  private ByteString last = RecordHash.NONE;
  private long nonce;
  private long clock = 1_700_000_000_000L << 16;

  public TestLog(int slice, long seed) {
    this.slice = slice;
    this.random = new Random(seed);
  }

  /** One that is written where the clock is off by so many milliseconds. */
  public TestLog(int slice, long seed, long skew) {
    this(slice, seed);
    clock += skew << 16;
  }

  /** The next batches; the first of a log is a take-over. */
  public List<ByteString> batches(int count) {
    List<ByteString> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(last.isEmpty() || random.nextInt(10) == 0 ? takeOver() : records());
    }
    return batches;
  }

  /** Where each tenant's entities end. */
  public Map<String, Map<String, EntityHead>> heads() {
    return heads;
  }

  /** Highest clock so far. */
  public long clock() {
    return clock;
  }

  /** A batch that closes a clock, which must not be below {@link #clock}; what follows is later. */
  public ByteString mark(long closed) {
    ByteString mark = batch(LogBatch.newBuilder().setClosedClock(closed));
    clock = closed;
    return mark;
  }

  private ByteString takeOver() {
    return batch(LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode("node-1")));
  }

  private ByteString records() {
    LogBatch.Builder batch = LogBatch.newBuilder();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      batch.addRecord(record());
    }
    return batch(batch);
  }

  private ByteString batch(LogBatch.Builder batch) {
    byte[] incarnation = new byte[16];
    new Random(slice).nextBytes(incarnation);
    ByteString bytes =
        batch
            .setIncarnation(ByteString.copyFrom(incarnation))
            .setNonce(nonce++)
            .setPreviousHash(last)
            .setHighestClock(clock)
            .build()
            .toByteString();
    last = RecordHash.of(bytes);
    return bytes;
  }

  private ByteString record() {
    String tenant = TENANTS[random.nextInt(TENANTS.length)];
    String id = "case/" + tenant + "/permits/c-" + slice + "-" + random.nextInt(7);
    Map<String, EntityHead> entities = heads.computeIfAbsent(tenant, t -> new HashMap<>());
    EntityHead head = entities.getOrDefault(id, new EntityHead(0, RecordHash.NONE));
    clock += 1 + random.nextInt(1000);
    byte[] payload = new byte[random.nextInt(300)];
    random.nextBytes(payload);
    ByteString bytes =
        Record.newBuilder()
            .setTenant(tenant)
            .setEntityType("case")
            .setEntityId(id)
            .setSequence(head.sequence() + 1)
            .setHybridClock(clock)
            .setPreviousHash(head.chain())
            .setSchemaVersion(1)
            .setManifest("case/1")
            .setPayload(ByteString.copyFrom(payload))
            .build()
            .toByteString();
    entities.put(id, new EntityHead(head.sequence() + 1, RecordHash.of(bytes)));
    return bytes;
  }
}
