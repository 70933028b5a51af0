package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyDeeds.Deed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Brings into the audit trail what people have decided with the files beside the keys. One in the
 * whole cloud; what could not be written is written later. Blocks.
 */
final class DeedRecorder {
  /** How often it looks. */
  static final Duration LOOK = Duration.ofSeconds(3);

  private static final long PATIENCE_SECONDS = 20;

  private final KeyDeeds deeds;
  private final Function<AuditRecord, CompletionStage<Void>> trail;

  /**
   * A recorder that has not looked yet.
   *
   * @param trail writes a record; completes when it is in the journal
   */
  DeedRecorder(KeyDeeds deeds, Function<AuditRecord, CompletionStage<Void>> trail) {
    this.deeds = deeds;
    this.trail = trail;
  }

  /**
   * Looks once.
   *
   * @return how many were written down
   */
  int record() throws Exception {
    List<Deed> waiting = deeds.unrecorded();
    for (Deed deed : waiting) {
      trail.apply(record(deed)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      deeds.recorded(deed);
    }
    return waiting.size();
  }

  private static AuditRecord record(Deed deed) {
    return new AuditRecord(
        deed.at(),
        "",
        "",
        deed.user().isEmpty() ? "" : "machine:" + deed.user(),
        deed.action(),
        "",
        deed.object(),
        Outcome.ALLOWED,
        "",
        "",
        "",
        1);
  }
}
