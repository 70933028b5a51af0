package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Surrogates without their partner. JSON can spell them ({@code "\\ud800"}), but they are no
 * characters: nothing that writes UTF-8 would give them back as they came.
 */
final class HalfCharacters {

  private HalfCharacters() {}

  /** Fails with a problem that points to the first text or the first object that has one. */
  static void refuse(JsonNode body) {
    refuse(body, "");
  }

  private static void refuse(JsonNode node, String pointer) {
    if (node.isTextual() && isBroken(node.textValue())) {
      throw problem(pointer, "text");
    }
    if (node.isArray()) {
      for (var i = 0; i < node.size(); i++) {
        refuse(node.get(i), pointer + "/" + i);
      }
    }
    for (var member : node.properties()) {
      if (isBroken(member.getKey())) {
        throw problem(pointer, "name of a member");
      }
      var name = member.getKey().replace("~", "~0").replace("/", "~1");
      refuse(member.getValue(), pointer + "/" + name);
    }
  }

  private static ProblemException problem(String pointer, String what) {
    var detail = what + " with half a surrogate pair (expected: whole characters)";
    return Problem.of(
            BorderCode.JSON_MALFORMED, (pointer.isEmpty() ? "/" : pointer) + ": " + detail)
        .at(List.of(new Problem.Located(pointer, detail)))
        .asException();
  }

  private static boolean isBroken(String text) {
    for (var i = 0; i < text.length(); i++) {
      var unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return true;
      }
    }
    return false;
  }
}
