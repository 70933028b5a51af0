package govcloud.node.eventsourcing;

/**
 * That nothing of a tenant is changed until later.
 *
 * @param reason why
 * @param message a sentence, with what is expected
 */
public record Closing(Reason reason, String message) {

  /** Why; each is named as callers are told. */
  public enum Reason {
    /** The whole site accepts nothing, because it is to be moved. */
    SITE_DRAINED,
    /** A recovery has still to prove the tenant. */
    TENANT_WAITING,
    /** A recovery has found that the tenant is not what it was. */
    TENANT_DAMAGED,
    /** This is a copy of another department alone. */
    TENANT_NOT_IN_COPY;

    /** Whether its records need not be there. */
    boolean isRecovery() {
      return this == TENANT_WAITING || this == TENANT_DAMAGED;
    }
  }
}
