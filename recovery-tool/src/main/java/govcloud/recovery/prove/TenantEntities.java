package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads entities of one tenant back as a node will, and replays them. For one thread. */
final class TenantEntities {
  private static final int TOGETHER = 128;

  private final StoredRows rows;
  private final ProofProgress progress;
  private final ProofTally tally;
  private final EntityCheck check;

  TenantEntities(
      StoredRows rows,
      ProofFindings findings,
      ProofProgress progress,
      ProofTally tally,
      boolean served) {
    this.rows = rows;
    this.progress = progress;
    this.tally = tally;
    this.check = new EntityCheck(findings, served);
  }

  private record Asked(String entity, EntityEnd end, CompletionStage<AsyncResultSet> chunks) {}

  /** While some are looked at, the next ones are under way. */
  void prove(List<Map.Entry<String, EntityEnd>> entities) {
    ArrayDeque<Asked> asked = new ArrayDeque<>(TOGETHER);
    for (Map.Entry<String, EntityEnd> entity : entities) {
      if (asked.size() == TOGETHER) {
        look(asked.remove());
      }
      asked.add(new Asked(entity.getKey(), entity.getValue(), rows.chunks(entity.getKey())));
    }
    asked.forEach(this::look);
  }

  private void look(Asked asked) {
    AsyncResultSet chunks = asked.chunks().toCompletableFuture().join();
    tally.entity(asked.entity(), asked.end(), check.check(asked.entity(), asked.end(), chunks));
    progress.replayed(asked.end().tenant(), asked.end().sequence());
  }
}
