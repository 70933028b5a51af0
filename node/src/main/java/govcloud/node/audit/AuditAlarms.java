package govcloud.node.audit;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditState;
import govcloud.node.eventsourcing.Entities;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The alarms of the last day, of the whole cloud. */
public final class AuditAlarms {

  private static final Duration DAY = Duration.ofDays(1);

  private final Entities entities;
  private final InstantSource clock;

  public AuditAlarms(Entities entities, InstantSource clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** The latest ones, the oldest first; of each day at most fifty. */
  public CompletionStage<List<AuditRecord>> latest() {
    var now = clock.instant();
    var since = now.minus(DAY);
    return of(since)
        .thenCombine(
            of(now),
            (before, today) ->
                Stream.concat(before.stream(), today.stream())
                    .filter(alarm -> alarm.at().isAfter(since))
                    .toList());
  }

  private CompletionStage<List<AuditRecord>> of(Instant day) {
    return entities
        .<AuditState>read(AuditStreams.alarms(day))
        .thenApply(answer -> answer.state().alarms());
  }
}
