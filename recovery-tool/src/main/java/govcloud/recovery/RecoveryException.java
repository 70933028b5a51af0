package govcloud.recovery;

/** Why a recovery does not go on. */
public final class RecoveryException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What stops a recovery; codes are never reused. */
  public enum Code {
    /** The archive does not have what it must have, or it is damaged. */
    RECOVERY_ARCHIVE_DAMAGED,
    /** The shares, cards or keys are not those of the lost cloud. */
    RECOVERY_KEYS_WRONG,
    /** The point in time that is asked for is not in the archive. */
    RECOVERY_POINT_UNKNOWN,
    /** No such tenant is rebuilt. */
    RECOVERY_TENANT_UNKNOWN,
    /** The keyspace has data of something else. */
    RECOVERY_TARGET_NOT_EMPTY,
    /** The keyspace holds another recovery. */
    RECOVERY_TARGET_OTHER,
    /** Cassandra, or the disk, does not work. */
    RECOVERY_TARGET_FAILED,
    /** SSTables were asked for, and cannot be brought into this Cassandra. */
    RECOVERY_SSTABLES_REFUSED,
    /** The settings of the target are not those of the lost cloud. */
    RECOVERY_SETTINGS_DIFFER,
    /** The sibling's copy of the vault is missing, or older than it was. */
    RECOVERY_VAULT_OLD,
    /** The site that is to be moved has not made its final cut: it still accepts. */
    SWITCH_OVER_NOT_DRAINED,
    /** The sibling has not found the final cut in its own copy yet. */
    SWITCH_OVER_NOT_COUNTERSIGNED,
    /** The site accepted something after its final cut. */
    SWITCH_OVER_BEHIND,
    /** No signed report shows that the new site has everything of the final cut. */
    SWITCH_OVER_NOT_PROVED,
    /** Fewer than two officers approved. */
    SWITCH_OVER_NOT_APPROVED,
    /** Nothing shows that two officers of the sibling signed exactly this failover. */
    FAILOVER_NOT_APPROVED,
    /** It was rebuilt to an earlier point than the sibling has. */
    FAILOVER_POINT_PAST,
    /** The archive was saved up to a cut, and the approval does not name it. */
    FAILOVER_GIVES_UP,
    /** Nothing is to be saved: every record is there. */
    SALVAGE_NOT_NEEDED,
    /** Nothing can be saved as a whole: no cut is proved. */
    SALVAGE_IMPOSSIBLE,
    /** Somebody ended it. */
    RECOVERY_INTERRUPTED
  }

  private final Code code;

  /** A refusal; the message names the value and the expectation. */
  public RecoveryException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** A refusal with its cause. */
  public RecoveryException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Which. */
  public Code code() {
    return code;
  }
}
