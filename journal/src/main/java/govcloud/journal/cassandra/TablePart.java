package govcloud.journal.cassandra;

/**
 * Tables that one role of Cassandra uses and no other, where the settings name such roles. Which
 * tables those are is said by {@code roles.properties} beside the migrations.
 */
public enum TablePart {
  /** What cannot be made again: the log and what makes it quick to read. */
  JOURNAL,
  /** What is made from the log, and can be again. */
  VIEWS,
  /** What nodes must remember beside the log, such as the keys of people and what waits. */
  STATE
}
