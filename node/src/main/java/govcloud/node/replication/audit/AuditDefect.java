package govcloud.node.replication.audit;

/** What can differ; codes are never reused. */
public enum AuditDefect {
  /** A row that is in the archive, or was in the log since its records are in chunks, is gone. */
  AUDIT_LOG_ROW_MISSING,
  /** A row of the log is not the one that is in the archive. */
  AUDIT_LOG_ROW_DIFFERENT,
  /** An entity's records in the log do not follow each other. */
  AUDIT_CHAIN_BROKEN,
  /** Records below the watermark are in no chunk. */
  AUDIT_CHUNK_MISSING,
  /** A chunk's records are not those of the log. */
  AUDIT_CHUNK_DIFFERENT,
  /** A chunk of records that the log does not have. */
  AUDIT_CHUNK_FOREIGN,
  /** An entity has chunks and no record in the log. */
  AUDIT_ENTITY_UNKNOWN,
  /** More entities of a slice are suspect than one audit looks at. */
  AUDIT_MORE
}
