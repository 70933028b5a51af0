package govcloud.domain.operation;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a cloud's site, lost or left, is given up for one that was rebuilt: what officers of its
 * sibling sign, and what the recovery tool then does, and nothing else.
 *
 * @param cloud whose site it is
 * @param siteEpoch that begins; the old site's and one more
 * @param keyspace in which it was rebuilt
 * @param cut to which it was rebuilt; empty: everything that the sibling has
 */
public record Failover(String cloud, int siteEpoch, String keyspace, OptionalLong cut) {

  private static final Pattern SUBJECT =
      Pattern.compile(
          "cloud/([a-z0-9][a-z0-9-]{0,62})/site/([0-9]{1,9})"
              + "/keyspace/([a-z][a-z0-9_]{0,47})/point/(?:latest|cut-([0-9]{1,18}))");

  /** Refuses what has no {@link #subject} of its own. */
  public Failover {
    if (!SUBJECT.matcher(subject(cloud, siteEpoch, keyspace, cut)).matches()) {
      throw new IllegalArgumentException(
          "failover: "
              + subject(cloud, siteEpoch, keyspace, cut)
              + " (expected: "
              + SUBJECT.pattern()
              + ")");
    }
  }

  /** The subject of its operation; two failovers never have the same one. */
  public String subject() {
    return subject(cloud, siteEpoch, keyspace, cut);
  }

  private static String subject(String cloud, int epoch, String keyspace, OptionalLong cut) {
    var point = cut.isPresent() ? "cut-" + cut.getAsLong() : "latest";
    return "cloud/" + cloud + "/site/" + epoch + "/keyspace/" + keyspace + "/point/" + point;
  }

  /**
   * The one of an operation.
   *
   * @throws IllegalArgumentException if the subject is of none
   */
  public static Failover of(String subject) {
    Matcher found = SUBJECT.matcher(subject);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "subject: " + subject + " (expected: " + SUBJECT.pattern() + ")");
    }
    return new Failover(
        found.group(1),
        Integer.parseInt(found.group(2)),
        found.group(3),
        found.group(4) == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(found.group(4))));
  }
}
