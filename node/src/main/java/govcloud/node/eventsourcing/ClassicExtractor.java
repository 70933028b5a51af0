package govcloud.node.eventsourcing;

import org.apache.pekko.cluster.sharding.ShardRegion;

/** The slice extractor as the proxy region, which has no typed form, wants it. */
final class ClassicExtractor implements ShardRegion.MessageExtractor {

  private final SliceExtractor extractor;

  ClassicExtractor(SliceExtractor extractor) {
    this.extractor = extractor;
  }

  @Override
  public String entityId(Object message) {
    return message instanceof EntityMessage entityMessage
        ? extractor.entityId(entityMessage)
        : null;
  }

  @Override
  public Object entityMessage(Object message) {
    return message;
  }

  @Override
  public String shardId(Object message) {
    return extractor.shardId(entityId(message));
  }
}
