package govcloud.domain;

/**
 * The rules of one kind of thing, as two pure functions.
 *
 * @param <C> what may be asked of it
 * @param <E> what may have happened to it
 * @param <S> what it is now
 */
public interface Aggregate<C, E, S> {

  /** The stable name of this kind in entity ids, journal records and URLs, such as {@code case}. */
  String type();

  /**
   * One word for where {@code state} is in its life, such as {@code active} or {@code accepted}.
   */
  String status(S state);

  /** The state before anything has happened. */
  S initial();

  /**
   * Whether nothing of this kind ever has more than a few records, so that all of them are read.
   */
  default boolean isShort() {
    return false;
  }

  /** What follows from asking {@code command} of {@code state}. Pure: time and person are given. */
  Decision<E> decide(S state, C command, Context context);

  /** The state after {@code event}. Total: every event ever journaled must be accepted, forever. */
  S evolve(S state, E event);
}
