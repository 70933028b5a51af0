package govcloud.node.http;

import govcloud.domain.Actor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Govcloud-Acting-As: <person>;role=<role>}; the person may be percent-encoded. */
final class ActingAs {

  private static final int MAX_PERSON = 128;
  private static final Pattern FORM = Pattern.compile("([!-:<-~ ]+); *role=([a-z][a-z0-9-]{0,62})");

  private ActingAs() {}

  /** Whom the header names; none: there is no header. */
  static Optional<Actor> read(String header) {
    if (header == null) {
      return Optional.empty();
    }
    var matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      throw malformed(header, "<person>;role=<role>, such as zhang-san;role=clerk");
    }
    if (matcher.group(2).equals(Actor.PLATFORM)) {
      throw malformed(header, "a role other than platform, which is Govcloud itself");
    }
    return Optional.of(new Actor(person(header, matcher.group(1)), matcher.group(2)));
  }

  private static String person(String header, String encoded) {
    try {
      var person = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8).strip();
      if (person.isEmpty()
          || person.length() > MAX_PERSON
          || person.chars().anyMatch(Character::isISOControl)
          || person.indexOf('\uFFFD') >= 0) {
        throw malformed(header, "a person of 1 to " + MAX_PERSON + " printable characters");
      }
      return person;
    } catch (IllegalArgumentException e) {
      throw malformed(header, "valid percent-encoding");
    }
  }

  private static ProblemException malformed(String header, String expected) {
    return Problem.of(
            BorderCode.ACTING_AS_MALFORMED,
            "Govcloud-Acting-As: " + header + " (expected: " + expected + ")")
        .asException();
  }
}
