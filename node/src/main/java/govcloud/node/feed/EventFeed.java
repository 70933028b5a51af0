package govcloud.node.feed;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Everything that happens, as it happens. */
public interface EventFeed {

  /**
   * Events from a place on, without end; in order within a slice, merged over slices. Pulls no more
   * than its reader takes. Fails with IllegalArgumentException on a damaged cursor.
   *
   * @param cursor where a reader has been before, or empty for what happens from now on
   */
  Source<FeedEvent, NotUsed> events(Optional<String> cursor, FeedFilter filter);

  /** The cursor of this moment. */
  CompletionStage<String> now();
}
