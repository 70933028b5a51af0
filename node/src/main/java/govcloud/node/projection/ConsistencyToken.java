package govcloud.node.projection;

import govcloud.journal.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the journal as answers name it: {@code <slice>-<position>}.
 *
 * @param slice the slice
 * @param position the last record that the answer rests on; {@link Position#BEFORE_FIRST} if none
 */
public record ConsistencyToken(int slice, long position) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,4})-(-1|[0-9]{1,18})");

  /**
   * Reads a token.
   *
   * @throws IllegalArgumentException when it has another form or names no slice of the cloud
   */
  public static ConsistencyToken parse(String token, int slices) {
    Matcher matcher = FORM.matcher(token);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= slices) {
      throw new IllegalArgumentException(
          "consistency token: %s (expected: <slice below %d>-<position>)".formatted(token, slices));
    }
    return new ConsistencyToken(
        Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  @Override
  public String toString() {
    return slice + "-" + position;
  }
}
