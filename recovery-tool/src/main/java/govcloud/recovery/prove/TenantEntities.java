package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads entities of one tenant back as a node will, and replays them. For one thread. */
final class TenantEntities {
  /** Entities that one request asks for. */
  private static final int TOGETHER = 16;

  /** Requests under way, while what came before them is looked at. */
  private static final int AHEAD = 8;

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

  private record Asked(
      List<Map.Entry<String, EntityEnd>> entities, CompletionStage<List<Row>> chunks) {}

  /** While some are looked at, the next ones are under way. */
  void prove(List<Map.Entry<String, EntityEnd>> entities) {
    ArrayDeque<Asked> asked = new ArrayDeque<>(AHEAD);
    for (int from = 0; from < entities.size(); from += TOGETHER) {
      if (asked.size() == AHEAD) {
        look(asked.remove());
      }
      var some = entities.subList(from, Math.min(entities.size(), from + TOGETHER));
      asked.add(new Asked(some, rows.chunks(some.stream().map(Map.Entry::getKey).toList())));
    }
    asked.forEach(this::look);
  }

  private void look(Asked asked) {
    Map<String, List<Row>> chunks = new HashMap<>();
    for (Row row : asked.chunks().toCompletableFuture().join()) {
      chunks.computeIfAbsent(row.getString("entity"), id -> new ArrayList<>(1)).add(row);
    }
    for (Map.Entry<String, EntityEnd> one : asked.entities()) {
      String entity = one.getKey();
      EntityEnd end = one.getValue();
      List<Row> found = chunks.getOrDefault(entity, List.of());
      tally.entity(entity, end, check.check(entity, end, found));
      progress.replayed(end.tenant(), end.sequence());
    }
  }
}
