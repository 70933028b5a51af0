package govcloud.node.replication;

/** Whether the sibling has said in time that it has a record. */
public enum ReplicationOutcome {
  /** The sibling's signed receipt covers the record. */
  RECEIPTED,
  /** No such receipt has come yet; the record stays stored here and goes on its way. */
  NOT_RECEIPTED_IN_TIME
}
