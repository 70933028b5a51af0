package govcloud.node.recovery;

import govcloud.node.eventsourcing.Closing;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;

/**
 * A department that is not in a copy of another one.
 *
 * @param tenant its name
 * @param copied the department that is
 */
record AbsentTenant(String tenant, String copied) {

  private String words() {
    return "%s: not in this copy (expected: %s, the only department in it)"
        .formatted(tenant, copied);
  }

  /** What its entities say. */
  Closing closing() {
    return new Closing(Closing.Reason.TENANT_NOT_IN_COPY, words());
  }

  /** The answer to whoever asks for it. */
  Problem problem() {
    return Problem.of(BorderCode.TENANT_NOT_IN_COPY, words());
  }
}
