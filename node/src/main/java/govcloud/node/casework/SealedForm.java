package govcloud.node.casework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.vault.Opener;
import govcloud.node.vault.PersonalData;
import govcloud.node.vault.Sealer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The text of a form whose personal members are sealed, each as a whole, whatever it is. */
final class SealedForm {

  private static final ObjectReader JSON =
      Json.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private SealedForm() {}

  /** The values of a form that are sealed. */
  static Stream<String> sealed(String form) {
    return form.contains("\"sealed:")
        ? List.copyOf(read(form).properties()).stream()
            .map(member -> member.getValue().asText(""))
            .filter(PersonalData::isSealed)
        : Stream.empty();
  }

  /** The same form with its personal members sealed. */
  static String seal(String form, String place, Predicate<String> personal, Sealer sealer) {
    var members = read(form);
    for (var member : List.copyOf(members.properties())) {
      if (personal.test(member.getKey())) {
        var sealed = sealer.seal(place + member.getKey(), member.getValue().toString());
        members.set(member.getKey(), TextNode.valueOf(sealed));
      }
    }
    return members.toString();
  }

  /** Fails when somebody gives something that looks as if it was sealed here. */
  static void requireUnsealed(Stream<String> sealed) {
    if (sealed.findAny().isPresent()) {
      throw Problem.of(
              BorderCode.FORM_INVALID,
              "/form: a text that begins with \"sealed:\" (expected: a value)")
          .asException();
    }
  }

  /**
   * The same form opened.
   *
   * @param unread is told the place of each value that is erased or locked
   */
  static String open(
      String form, String entityId, String place, Opener opener, Consumer<String> unread) {
    if (sealed(form).findAny().isEmpty()) {
      return form;
    }
    var members = read(form);
    for (var member : List.copyOf(members.properties())) {
      var text = member.getValue().asText("");
      if (PersonalData.isSealed(text)) {
        var opened = opener.open(entityId, place + member.getKey(), text);
        if (opened.outcome() == Opener.Outcome.READABLE) {
          members.set(member.getKey(), value(opened.text()));
        } else {
          members.put(member.getKey(), opened.text());
          unread.accept(place + member.getKey());
        }
      }
    }
    return members.toString();
  }

  private static JsonNode value(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("sealed value: no JSON (expected: as it was sealed)", e);
    }
  }

  private static ObjectNode read(String form) {
    try {
      return !form.isBlank() && JSON.readTree(form) instanceof ObjectNode object
          ? object
          : Json.mapper().createObjectNode();
    } catch (JsonProcessingException e) {
      return Json.mapper().createObjectNode();
    }
  }
}
