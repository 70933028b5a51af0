package govcloud.domain.tenant;

/**
 * What a department may use at most.
 *
 * @param appInstances rented apps that are not terminated
 * @param activeCases cases that have not reached a final state, over all its apps
 * @param requestsPerSecond sustained rate at the border
 * @param storedBytes bytes of its records and materials
 */
public record Quotas(int appInstances, int activeCases, int requestsPerSecond, long storedBytes) {

  /** No use at all; the quotas of a department that is not there. */
  public static final Quotas NONE = new Quotas(0, 0, 0, 0);
}
