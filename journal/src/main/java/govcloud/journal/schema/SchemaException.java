package govcloud.journal.schema;

import java.util.Objects;

/** The schema can not be used as it is; the code is stable and listed in docs/error-codes.md. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with the schema. */
  public enum Code {
    /** A migration that was applied has another content now. */
    SCHEMA_CHANGED,
    /** A version is missing, among the files or among what was applied. */
    SCHEMA_GAP,
    /** Only checking is allowed, and something is to be applied. */
    SCHEMA_PENDING,
    /** The keyspace is not, or would not be, replicated as a cloud needs it. */
    SCHEMA_REPLICATION,
    /** Another node holds the lock for longer than this one waits. */
    SCHEMA_LOCKED,
    /** A file can not be read as a migration, or Cassandra refuses one of its statements. */
    SCHEMA_FAILED,
    /** The keyspace holds a rebuilt cloud that is not proved to be the lost one. */
    SCHEMA_RECOVERY_UNPROVED,
    /**
     * The keyspace is a copy of one department and the node is of a cloud, or the other way round.
     */
    SCHEMA_COPY,
    /** The keyspace was made with other settings, without which its rows mean something else. */
    SCHEMA_SETTINGS_DIFFER
  }

  private final Code code;

  SchemaException(Code code, String message) {
    this(code, message, null);
  }

  SchemaException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  public Code code() {
    return code;
  }
}
