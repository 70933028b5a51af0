package govcloud.replication.archive;

import java.util.Objects;

/**
 * Which cuts people agreed to delete, as every later cut says it.
 *
 * @param last number of the last of them, and all before it; 0: none
 * @param operation under which two people agreed; empty for none
 */
public record CutDeletion(long last, String operation) {
  /** Every cut is kept. */
  public static final CutDeletion NONE = new CutDeletion(0, "");

  /** Refuses a deletion without an operation. */
  public CutDeletion {
    Objects.requireNonNull(operation, "operation");
    if (last < 0 || (last == 0) != operation.isEmpty()) {
      throw new IllegalArgumentException(
          "deletion: " + last + " by \"" + operation + "\" (expected: >= 1 and an operation)");
    }
  }

  /** The one of two that goes further. */
  public CutDeletion or(CutDeletion other) {
    return other.last > last ? other : this;
  }
}
