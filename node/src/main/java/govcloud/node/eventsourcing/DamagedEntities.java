package govcloud.node.eventsourcing;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Entities that refused to start because their stored history does not hold together. */
public interface DamagedEntities {

  /** Those that are known to any node of the cloud, by entity id. */
  CompletionStage<List<DamagedEntity>> everywhere();

  /**
   * One damaged entity.
   *
   * @param entityId the entity
   * @param sequence the first sequence number that is not as it should be
   * @param message what was found there
   * @param node the node that found it
   * @param since when it was first found there
   */
  record DamagedEntity(
      String entityId, long sequence, String message, String node, Instant since) {}
}
