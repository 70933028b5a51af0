package govcloud.journal.core;

import govcloud.journal.Position;
import java.util.List;

/**
 * How far a slice's log was read by all who follow it. The log is trimmed below that, so the answer
 * is a promise: no reader that exists ever starts again before it. Whoever stores positions has to
 * see to it that a late, lower one does not replace a higher one.
 */
@FunctionalInterface
public interface ReaderPositions {

  /** Nobody knows: nothing is trimmed. */
  ReaderPositions UNKNOWN = (slice, reply) -> reply.succeed(Position.BEFORE_FIRST);

  /**
   * The lowest position that any reader of the slice has stored for good; {@link
   * Position#BEFORE_FIRST} if one of them has stored none yet. Asked again after a failure.
   */
  void slowest(int slice, Reply<Long> reply);

  /** The slowest of all; {@link #UNKNOWN} where there is none. */
  static ReaderPositions slowestOf(List<ReaderPositions> all) {
    return all.stream().reduce(ReaderPositions::and).orElse(UNKNOWN);
  }

  /** The slower of both. */
  private ReaderPositions and(ReaderPositions other) {
    return (slice, reply) ->
        slowest(
            slice,
            (position, failure) -> {
              if (failure != null) {
                reply.receive(null, failure);
              } else {
                other.slowest(
                    slice,
                    (next, problem) ->
                        reply.receive(problem == null ? Math.min(position, next) : null, problem));
              }
            });
  }
}
