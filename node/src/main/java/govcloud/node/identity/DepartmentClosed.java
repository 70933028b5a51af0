package govcloud.node.identity;

import govcloud.node.http.ProblemException;

/**
 * Somebody has shown who it is, and is kept out because the department is. What is told is the same
 * as of a wrong password, but nothing was tried.
 */
final class DepartmentClosed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemException told;

  DepartmentClosed(ProblemException told) {
    super(told.getMessage(), told, false, false);
    this.told = told;
  }

  /** What everybody hears. */
  ProblemException told() {
    return told;
  }
}
