package govcloud.node.reaction;

import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.subject.SubjectEvent;
import govcloud.journal.reader.PositionedRecord;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.RecordHandler;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries out what follows from the records of one slice, one after the other. Steps have keys made
 * from the record's entity and sequence: after a crash they are asked again and change nothing.
 */
public final class Reactions implements RecordHandler {

  /** Name of the projection. */
  public static final String NAME = "reactions";

  private static final Set<String> REACTED_TO = Set.of("app", "operation", "subject");

  private final CommitDecoder decoder;
  private final Steps steps;

  public Reactions(CommitDecoder decoder, Steps steps) {
    this.decoder = decoder;
    this.steps = steps;
  }

  @Override
  public CompletionStage<?> handle(List<PositionedRecord> records) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (PositionedRecord record : records) {
      String type = record.record().getEntityType();
      if (REACTED_TO.contains(type)) {
        done = done.thenCompose(before -> react(record));
      }
    }
    return done;
  }

  private CompletionStage<?> react(PositionedRecord read) {
    Record stored = read.record();
    List<Step> following = new ArrayList<>();
    for (Object event : decoder.decode(stored).events()) {
      if (event instanceof AppInstanceEvent e) {
        following.addAll(Consequences.of(stored.getEntityId(), e));
      } else if (event instanceof OperationEvent e) {
        following.addAll(Consequences.of(stored.getEntityId(), e));
      } else if (event instanceof SubjectEvent.Erased e) {
        following.addAll(Consequences.of(stored.getEntityId(), e));
      }
    }
    String cause = stored.getEntityId() + "@" + stored.getSequence();
    return steps.run(following, cause, stored.getHybridClock());
  }
}
