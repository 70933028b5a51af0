package govcloud.node.feed;

import govcloud.domain.Commit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Everything that ever happened to one entity. */
public interface EntityHistory {

  /**
   * All commits of an entity in order, such as of {@code case/harbour/permits/c-17}; none if it
   * does not exist. Fails with DamagedEntityException if its stored history does not hold together.
   *
   * @param fromSequence the first that is wanted; 1 for all
   */
  Source<Entry, NotUsed> of(String entityId, long fromSequence);

  /**
   * One commit.
   *
   * @param sequence the entity's version after it
   */
  record Entry(long sequence, Commit<?> commit) {}
}
