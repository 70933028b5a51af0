package govcloud.node.eventsourcing;

import java.util.function.ToIntFunction;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/**
 * Sends a message to the shard that bears the number of its entity's slice, so that the node that
 * hosts an entity also hosts the slice it is journaled in. Can only change while no node runs.
 */
final class SliceExtractor extends ShardingMessageExtractor<EntityMessage, EntityMessage> {

  /** Begins the id of the entity that only gives a slice a home, such as {@code slice/3}. */
  static final String SLICE = "slice/";

  private final ToIntFunction<String> sliceOf;

  SliceExtractor(ToIntFunction<String> sliceOf) {
    this.sliceOf = sliceOf;
  }

  @Override
  public String entityId(EntityMessage message) {
    return message.entityId();
  }

  @Override
  public String shardId(String entityId) {
    if (entityId.startsWith(SLICE)) {
      return entityId.substring(SLICE.length());
    }
    return Integer.toString(sliceOf.applyAsInt(entityId));
  }

  @Override
  public EntityMessage unwrapMessage(EntityMessage message) {
    return message;
  }
}
