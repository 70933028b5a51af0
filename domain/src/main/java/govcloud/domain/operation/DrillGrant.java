package govcloud.domain.operation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a drill key, and no other one any more, opens what this cloud sent: what two officers sign,
 * and what a node then grants.
 *
 * @param key its public half, hexadecimal
 * @param signer public half of the key that signs reports of its drills, hexadecimal
 */
public record DrillGrant(String key, String signer) {

  private static final Pattern SUBJECT =
      Pattern.compile("keys/drill/([0-9a-f]{64})/([0-9a-f]{64})");

  /** Refuses what has no {@link #subject} of its own. */
  public DrillGrant {
    if (!SUBJECT.matcher(subject(key, signer)).matches()) {
      throw new IllegalArgumentException(
          "drill key: " + key + ", " + signer + " (expected: 64 hexadecimal digits each)");
    }
  }

  /** The subject of its operation. */
  public String subject() {
    return subject(key, signer);
  }

  private static String subject(String key, String signer) {
    return "keys/drill/" + key + "/" + signer;
  }

  /**
   * The one of an operation.
   *
   * @throws IllegalArgumentException if the subject is of none
   */
  public static DrillGrant of(String subject) {
    Matcher found = SUBJECT.matcher(subject);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "subject: " + subject + " (expected: " + SUBJECT.pattern() + ")");
    }
    return new DrillGrant(found.group(1), found.group(2));
  }
}
