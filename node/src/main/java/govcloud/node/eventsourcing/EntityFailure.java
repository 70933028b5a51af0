package govcloud.node.eventsourcing;

/** Why an entity could not answer at all. */
public abstract sealed class EntityFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String entityId;

  private EntityFailure(String code, String entityId, String message) {
    super(message);
    this.code = code;
    this.entityId = entityId;
  }

  /** The published code, such as {@code ENTITY_DAMAGED}. */
  public String code() {
    return code;
  }

  /** The entity that was asked. */
  public String entityId() {
    return entityId;
  }

  /** The command may or may not be stored: ask again with the same idempotency key. HTTP 503. */
  public static final class OutcomeUnknown extends EntityFailure {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String entityId, String message) {
      super("OUTCOME_UNKNOWN", entityId, message);
    }
  }

  /** Nothing was stored; the entity cannot be reached at the moment. HTTP 503. */
  public static final class Unavailable extends EntityFailure {
    private static final long serialVersionUID = 1L;

    public Unavailable(String entityId, String message) {
      super("UNAVAILABLE", entityId, message);
    }
  }

  /** Its site or department is closed until later; nothing was stored. HTTP 503. */
  public static final class Closed extends EntityFailure {
    private static final long serialVersionUID = 1L;

    private final Closing.Reason reason;

    public Closed(String entityId, Closing closing) {
      super(closing.reason().name(), entityId, closing.message());
      this.reason = closing.reason();
    }

    /** Why it is closed. */
    public Closing.Reason reason() {
      return reason;
    }
  }

  /** The stored history does not hold together; an operator must look. HTTP 500. */
  public static final class Damaged extends EntityFailure {
    private static final long serialVersionUID = 1L;

    private final long sequence;

    public Damaged(String entityId, long sequence, String message) {
      super("ENTITY_DAMAGED", entityId, message);
      this.sequence = sequence;
    }

    /** The first sequence number that is not as it should be. */
    public long sequence() {
      return sequence;
    }
  }

  /** The rules themselves failed; nothing was stored. A mistake in the program. HTTP 500. */
  public static final class Broken extends EntityFailure {
    private static final long serialVersionUID = 1L;

    public Broken(String entityId, String message) {
      super("ENTITY_BROKEN", entityId, message);
    }
  }
}
