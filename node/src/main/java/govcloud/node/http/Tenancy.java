package govcloud.node.http;

import java.util.concurrent.CompletionStage;

/** What the border has to know and to tell about the tenant that a request belongs to. */
public interface Tenancy {

  /**
   * How many requests a second the tenant rents; a default for one that is not known. Never fails
   * and answers within milliseconds, rather with an older number.
   */
  CompletionStage<Long> requestsPerSecond(String tenant);

  /** Counts a request that was let in. */
  void countAllowed(String tenant);

  /** Counts a request that was turned away because there were too many. */
  void countRefused(String tenant);
}
