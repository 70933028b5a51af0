package govcloud.benchmarks;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.statement.ReplicaHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A slice's log of cases with small forms, from a seed: 38 records a batch, several tenants. */
final class ArchiveLog {
  private static final int RECORDS = 38;
  private static final String[] ACTIONS = {"submit", "accept", "supplement", "approve", "notify"};

  private final Random random = new Random(1);
  private final int tenants;
  private final int entities;
  private final Map<String, Record> last = new HashMap<>();
  private ByteString lastBatch = ByteString.EMPTY;
  private long clock = 1_700_000_000_000L << 16;

  ArchiveLog(int tenants, int entities) {
    this.tenants = tenants;
    this.entities = entities;
  }

  /** Batches with at least so many bytes together. */
  List<ByteString> batches(int bytes) {
    List<ByteString> batches = new ArrayList<>();
    for (int size = 0; size < bytes; ) {
      LogBatch.Builder batch = LogBatch.newBuilder().setPreviousHash(lastBatch);
      for (int i = 0; i < RECORDS; i++) {
        batch.addRecord(record().toByteString());
      }
      ByteString next =
          batch
              .setIncarnation(ByteString.copyFrom(new byte[16]))
              .setNonce(batches.size())
              .setHighestClock(clock)
              .build()
              .toByteString();
      lastBatch = ReplicaHash.of(next);
      batches.add(next);
      size += next.size();
    }
    return batches;
  }

  /** Records in batches of this log. */
  static int records(List<ByteString> batches) {
    return batches.size() * RECORDS;
  }

  private Record record() {
    int entity = random.nextInt(entities);
    String tenant = "department-" + entity % tenants;
    String id = "case/" + tenant + "/permits/c-" + entity;
    Record before = last.getOrDefault(id, Record.getDefaultInstance());
    clock += 1 + random.nextInt(1 << 16);
    String action = ACTIONS[(int) (before.getSequence() % ACTIONS.length)];
    String form =
        "{\"applicant\":\"P"
            + random.nextInt(1_000_000)
            + "\",\"document\":\"999999"
            + (100_000_000_000L + random.nextInt())
            + "\",\"area\":"
            + random.nextInt(900)
            + ",\"address\":\"Harbour Street "
            + random.nextInt(400)
            + "\",\"purpose\":\"storage of goods\"}";
    Record record =
        Record.newBuilder()
            .setTenant(tenant)
            .setEntityType("case")
            .setEntityId(id)
            .setSequence(before.getSequence() + 1)
            .setHybridClock(clock)
            .setPreviousHash(
                before.getSequence() == 0
                    ? ByteString.EMPTY
                    : ReplicaHash.of(before.toByteString()))
            .setSchemaVersion(1)
            .setManifest("case/1")
            .setPayload(ByteString.copyFrom((action + ":" + form).getBytes(StandardCharsets.UTF_8)))
            .build();
    last.put(id, record);
    return record;
  }
}
