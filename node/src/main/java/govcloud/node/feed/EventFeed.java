package govcloud.node.feed;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Everything that happens, as it happens. */
public interface EventFeed {

  /**
   * Events from a place on, without end; in order within a slice, merged over slices. Pulls no more
   * than its reader takes.
   *
   * @param cursor where a reader has been before, or empty for what happens from now on
   * @return fails with {@link govcloud.journal.TrimmedLogException} when the log no longer has what
   *     follows; so does the source when that happens to a reader who is too slow
   * @throws IllegalArgumentException on a damaged cursor
   */
  CompletionStage<Source<FeedEvent, NotUsed>> events(Optional<String> cursor, FeedFilter filter);

  /** The cursor of this moment. */
  CompletionStage<String> now();
}
