package govcloud.recovery;

import com.google.protobuf.ByteString;
import govcloud.domain.Commit;
import govcloud.domain.contract.AggregateFixture;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.CaseFixture;
import govcloud.domain.contract.OperationFixture;
import govcloud.domain.contract.TenantFixture;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.AppInstanceCodec;
import govcloud.protobuf.journal.CaseCodec;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.OperationCodec;
import govcloud.protobuf.journal.TenantCodec;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lives of a cloud's entities: commands decided by the domain, in the journal's bytes. */
final class LostLives {
  private static final int COMMANDS = 60;

  private final SortedMap<String, List<Record>> lives = new TreeMap<>();
  private long seed;

  LostLives(long seed) {
    this.seed = seed;
  }

  /** A department with an app and cases in it. */
  void tenant(String tenant, int cases) {
    live(tenant, "tenant/" + tenant, new TenantFixture(), new TenantCodec());
    live(tenant, "app/" + tenant + "/permits", new AppInstanceFixture(), new AppInstanceCodec());
    cases(tenant, "c-", cases);
  }

  /** Cases of a department's app, with numbers behind a prefix. */
  void cases(String tenant, String prefix, int cases) {
    for (int i = 1; i <= cases; i++) {
      String id = "case/" + tenant + "/permits/" + prefix + i;
      live(tenant, id, new CaseFixture(), new CaseCodec());
    }
  }

  /** Something long-running, which belongs to no department. */
  void operation(String name) {
    live("", "operation/" + name, new OperationFixture(), new OperationCodec());
  }

  /** Walks until something was accepted. */
  private <C, E, S> void live(
      String tenant, String id, AggregateFixture<C, E, S> fixture, CommitCodec<E> codec) {
    List<Commit<E>> commits = List.of();
    while (commits.isEmpty()) {
      commits = AggregateWalk.of(fixture, seed++, COMMANDS).commits();
    }
    List<Record> records = new ArrayList<>();
    for (Commit<E> commit : commits) {
      records.add(
          Record.newBuilder()
              .setTenant(tenant)
              .setEntityType(codec.aggregateType())
              .setEntityId(id)
              .setSequence(records.size() + 1)
              .setCausationId("command-" + records.size())
              .setSchemaVersion(codec.schemaVersion())
              .setManifest(codec.manifest())
              .setPayload(ByteString.copyFrom(codec.encode(commit)))
              .build());
    }
    lives.put(id, records);
  }

  /** The records of each entity, without clock and chain. */
  SortedMap<String, List<Record>> records() {
    return lives;
  }

  /** The record as it is written behind the one before. */
  static Record written(Record record, long clock, List<Record> before) {
    ByteString previous =
        before.isEmpty() ? RecordHash.NONE : RecordHash.of(before.get(before.size() - 1));
    return record.toBuilder().setHybridClock(clock).setPreviousHash(previous).build();
  }
}
