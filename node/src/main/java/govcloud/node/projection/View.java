package govcloud.node.projection;

import govcloud.domain.Commit;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of every entity of one type so that it can be listed: a pure description, run by
 * {@link ViewWriter} and read by {@link ViewTable}.
 *
 * @param <R> the row, a record of plain values
 */
public interface View<R> {

  /** Name in offsets, lags and metrics, such as {@code cases}. */
  String name();

  /** The aggregate's type, and the first part of the names of its tables. */
  String type();

  /** Class of the rows, for reading them back. */
  Class<R> rowType();

  /** What an entity is counted under and stored with, such as its tenant. Never changes. */
  String scope(String entityId);

  /**
   * The row after a commit.
   *
   * @param before the row before it, or empty for the first commit of the entity
   * @param version the entity's sequence number of the commit
   */
  R after(Optional<R> before, String entityId, long version, Commit<?> commit);

  /**
   * The lists that the row is in, each with its place.
   *
   * @param slice the slice of the entity, for lists that would be too long in one partition
   */
  List<Entry> entries(R row, int slice);

  /** The names under which the row counts once, such as {@code permits/accepted}. */
  List<String> countedAs(R row);

  /**
   * A place in a list.
   *
   * @param list name of the list
   * @param key sort key, see {@link SortKey}; ties are ordered by entity id
   */
  record Entry(String list, String key) {}
}
