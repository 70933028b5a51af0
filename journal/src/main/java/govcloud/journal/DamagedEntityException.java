package govcloud.journal;

/**
 * An entity's records are not all there, or not the ones that were written. It is not served until
 * an operator has looked; the other entities of its slice are.
 */
public final class DamagedEntityException extends JournalException {

  private static final long serialVersionUID = 1L;

  /** The code of this error. */
  public static final String CODE = "JOURNAL_ENTITY_DAMAGED";

  private final String entityId;
  private final long sequence;

  /** Names the entity, the first sequence that is wrong, and what is wrong with it. */
  public DamagedEntityException(String entityId, long sequence, String finding) {
    super(CODE, "entity " + entityId + ", sequence " + sequence + ": " + finding, null);
    this.entityId = entityId;
    this.sequence = sequence;
  }

  /** Which entity. */
  public String entityId() {
    return entityId;
  }

  /** The first sequence that is wrong. */
  public long sequence() {
    return sequence;
  }
}
