package govcloud.node.attention;

/**
 * What can need an operator. A code is never renamed or used again; each one is explained in
 * docs/error-codes.md.
 */
enum AttentionCode {
  /** An entity refuses to start. */
  ENTITY_DAMAGED,
  /** No node hosts a slice. */
  SLICE_WITHOUT_HOST,
  /** A Cassandra has settings under which what is acknowledged may be lost. */
  CASSANDRA_UNSAFE,
  /** A node cannot be reached. */
  NODE_UNREACHABLE,
  /** A view makes no progress. */
  VIEW_FAILING,
  /** A view goes on without some entities. */
  VIEW_STREAM_PARKED,
  /** A view is behind. */
  VIEW_LAGGING,
  /** Cases are past their due time. */
  CASES_RED,
  /** Cases are close to their due time. */
  CASES_YELLOW,
  /** Operations are past their deadline. */
  OPERATIONS_OVERDUE,
  /** Somebody has let applications for data lie past their limit. */
  APPLICATIONS_SILENT,
  /** Emergency agreements give data now. */
  EMERGENCY_ACTIVE,
  /** A department has not reviewed what it did under an emergency agreement. */
  EMERGENCY_REVIEW_LATE,
  /** A department has not answered citizens who objected, and the limit has passed. */
  OBJECTIONS_SILENT,
  /** A department has not answered those who hold values to be wrong, and the limit has passed. */
  CORRECTIONS_SILENT,
  /** Departments have not said in time what they did about wrong values. */
  RECALLS_LATE,
  /** Providers did not answer queries that waited for them. */
  EXCHANGES_UNDELIVERED,
  /** Departments do not fetch changes to which they have subscribed. */
  CHANGES_UNFETCHED,
  /** Departments could not be called back at the addresses that they have declared. */
  CALLBACKS_UNDELIVERED,
  /** Files that another cloud seems to have sent were not taken in. */
  EXCHANGE_BUNDLES_REFUSED,
  /** Bundles for another cloud, or one from it, are on their way for too long. */
  EXCHANGE_BUNDLES_LATE,
  /** Time limits reach into a year whose holidays are not known. */
  CALENDAR_YEAR_UNKNOWN,
  /** This site was given up and changes nothing more. */
  SITE_FENCED,
  /** This site accepts nothing, because it is to be moved. */
  SITE_DRAINED,
  /** The sibling cloud does not answer. */
  SIBLING_AWAY,
  /** The sibling cloud does not take a segment. */
  SEGMENT_REFUSED,
  /** The sibling cloud lacks what it signed for. */
  SIBLING_LOST,
  /** The sibling has lost segments between others, and asks for them again. */
  SIBLING_DAMAGED,
  /** Segments of the sibling are missing or damaged here, and are asked for again. */
  RECEIVED_DAMAGED,
  /** This cloud has used up what it may keep at the sibling. */
  SIBLING_QUOTA,
  /** The sibling has nearly or quite used up what it may keep here. */
  RECEIVED_QUOTA,
  /** Records have waited for a receipt longer than is allowed. */
  RECOVERY_POINT_OLD,
  /** An attachment has been missing at the sibling for longer than is allowed. */
  ATTACHMENT_MISSING,
  /** The sibling has not taken the keys of people as they are for too long. */
  VAULT_COPY_OLD,
  /** Something lies among this cloud's keys for which two officers have not signed. */
  KEY_REFUSED,
  /** The newest daily cut is too old. */
  CUT_OLD,
  /** This cloud's own archive does not work. */
  ARCHIVE_FAILING,
  /** A bucket with an archive can be emptied by whoever has its account. */
  ARCHIVE_UNLOCKED,
  /** A check of archive and receipts has found something wrong. */
  AUDIT_DIFFERENCE,
  /** Nobody has shown for long that this cloud can be recovered. */
  DRILL_OLD,
  /** The sibling has not cosigned the newest entries of the ledger for too long. */
  LEDGER_UNWITNESSED,
  /** The ledger signs nothing more. */
  LEDGER_STOPPED,
  /** A copy of the sibling's ledger takes in nothing more. */
  LEDGER_COPY_STOPPED,
  /** A detector has seen in the audit trail what somebody should look at. */
  SECURITY_ALARM,
  /** Somebody who may know of something does not answer. */
  ATTENTION_INCOMPLETE
}
