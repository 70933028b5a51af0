package govcloud.node.projection.parking;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells whoever asked for a replay how it went. */
@FunctionalInterface
interface ReplayAnswers {

  /**
   * The replay is over.
   *
   * @param position of the record that asked; telling the same twice changes nothing
   * @param failed the stream, if it has failed again
   * @return fails when nobody could be told, so that it is told again
   */
  CompletionStage<?> over(ReplayRequest request, long position, Optional<ParkedStream> failed);
}
