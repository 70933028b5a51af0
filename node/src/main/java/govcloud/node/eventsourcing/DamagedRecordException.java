package govcloud.node.eventsourcing;

/** A record does not follow from the one before it, or cannot be read. */
final class DamagedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long sequence;

  DamagedRecordException(String entityId, long sequence, String found, Throwable cause) {
    super("ENTITY_DAMAGED: " + entityId + " at sequence " + sequence + ": " + found, cause);
    this.sequence = sequence;
  }

  long sequence() {
    return sequence;
  }
}
