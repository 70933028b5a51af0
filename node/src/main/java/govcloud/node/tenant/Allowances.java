package govcloud.node.tenant;

import java.util.concurrent.CompletionStage;

/** How much room a department has left; who counts its use answers. */
public interface Allowances {

  /** The room of a department; one that is not known has no limits. At most two seconds old. */
  CompletionStage<Allowance> of(String tenant);

  /**
   * Use, and whether more of it is within the limits.
   *
   * @param appInstances apps that the department rents
   * @param anotherApp whether it may rent one more
   * @param activeCases its cases that are not finished
   * @param anotherCase whether it may begin one more
   */
  record Allowance(long appInstances, boolean anotherApp, long activeCases, boolean anotherCase) {}
}
