package govcloud.node.replication;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is done for changes of which nothing may be lost; {@code govcloud.replication.zero-loss} in
 * the configuration.
 *
 * @param limit how long an answer waits for the sibling's receipt
 * @param policy what becomes of such changes while the sibling is away
 */
public record ZeroLossSettings(Duration limit, Policy policy) {

  private static final String PATH = "govcloud.replication.zero-loss";
  private static final String REQUEST_TIMEOUT = "govcloud.http.request-timeout";

  /** What becomes of a change while the sibling is away. */
  public enum Policy {
    /** It is refused before it is carried out. */
    REFUSE,
    /** It is carried out, and its answer says that the sibling does not have it. */
    CONTINUE
  }

  /** Checks the values; messages name key, value and expectation. */
  public ZeroLossSettings {
    require(limit.toMillis() >= 1, "limit", limit, ">= 1 ms");
  }

  /** Reads {@code govcloud.replication.zero-loss}. */
  public static ZeroLossSettings from(Config root) {
    var limit = root.getDuration(PATH + ".limit");
    var timeout = root.getDuration(REQUEST_TIMEOUT);
    require(
        limit.compareTo(timeout) < 0,
        "limit",
        limit,
        "shorter than " + REQUEST_TIMEOUT + ", " + timeout);
    return new ZeroLossSettings(limit, policy(root.getString(PATH + ".policy")));
  }

  private static Policy policy(String word) {
    return Arrays.stream(Policy.values())
        .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> wrong("policy", word, "refuse or continue"));
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw wrong(key, value, expected);
    }
  }

  private static IllegalArgumentException wrong(String key, Object value, String expected) {
    return new IllegalArgumentException(
        PATH + "." + key + ": " + value + " (expected: " + expected + ")");
  }
}
