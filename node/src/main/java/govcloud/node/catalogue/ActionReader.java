package govcloud.node.catalogue;

import govcloud.domain.catalogue.AppDefinition.Action;
import govcloud.domain.catalogue.AppDefinition.ClockExtension;
import govcloud.domain.catalogue.AppDefinition.Document;
import govcloud.domain.catalogue.AppDefinition.GuardRule;
import govcloud.domain.catalogue.LocalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the actions of one app.
 *
 * @param actions names that are declared
 * @param states names that are declared
 * @param roles names that are declared
 * @param clocks names that are declared
 * @param documents names that are declared, with their titles
 * @param forms by action
 */
record ActionReader(
    GuardCompiler guards,
    Set<String> actions,
    Set<String> states,
    Set<String> roles,
    Set<String> clocks,
    Map<String, LocalText> documents,
    Map<String, FormFile> forms) {

  private static final String[] KEYS = {
    "title",
    "activity",
    "from",
    "to",
    "moves",
    "roles",
    "guards",
    "starts",
    "stops",
    "resumes",
    "ends",
    "extends",
    "produces"
  };

  private static final int MAXIMUM_EXTENSION = 250;

  /** The action that the section describes. */
  Action read(String name, Section section) {
    section.only(KEYS);
    var moves = section.referenceMap("moves", states, states, MistakeCode.CATALOGUE_UNKNOWN_STATE);
    var from = section.references("from", states, MistakeCode.CATALOGUE_UNKNOWN_STATE);
    var to = section.reference("to", states, MistakeCode.CATALOGUE_UNKNOWN_STATE);
    if (!moves.isEmpty() && (!from.isEmpty() || to.isPresent())) {
      section.mistake(
          "moves",
          MistakeCode.CATALOGUE_BAD_VALUE,
          "beside from or to (expected: one or the other)");
    }
    return new Action(
        name,
        section.localText("title"),
        moves.isEmpty() ? from : List.copyOf(moves.keySet()),
        to,
        roles(section),
        guards(section),
        Optional.ofNullable(forms.get(name)).map(FormFile::text),
        clocks(section, "starts"),
        clocks(section, "stops"),
        clocks(section, "resumes"),
        produces(section),
        clocks(section, "ends"),
        extensions(name, section),
        section.optionalText("activity"),
        moves);
  }

  /** The roles that the section names. */
  List<String> roles(Section section) {
    return section.references("roles", roles, MistakeCode.CATALOGUE_UNKNOWN_ROLE);
  }

  /** The guards that the section names, compiled. */
  List<GuardRule> guards(Section section) {
    List<GuardRule> rules = new ArrayList<>();
    for (var guard : section.sectionList("guards")) {
      guard.only("when", "message");
      var message = guard.localText("message");
      var expression = guard.text("when");
      try {
        if (!expression.isBlank()) {
          rules.add(new GuardRule(guards.compile(expression, actions), message));
        }
      } catch (GuardCompiler.GuardException e) {
        guard.mistake("when", MistakeCode.CATALOGUE_BAD_GUARD, e.getMessage());
      }
    }
    return rules;
  }

  private List<String> clocks(Section section, String key) {
    return section.references(key, clocks, MistakeCode.CATALOGUE_UNKNOWN_CLOCK);
  }

  private List<Document> produces(Section section) {
    return section
        .references("produces", documents.keySet(), MistakeCode.CATALOGUE_UNKNOWN_DOCUMENT)
        .stream()
        .filter(documents::containsKey)
        .map(document -> new Document(document, documents.get(document)))
        .toList();
  }

  private List<ClockExtension> extensions(String action, Section section) {
    return section.sectionList("extends").stream()
        .map(
            extension -> {
              extension.only("clock", "days_field", "maximum_days");
              var clock = extension.text("clock");
              extension.reference("clock", clocks, MistakeCode.CATALOGUE_UNKNOWN_CLOCK);
              var field = extension.text("days_field");
              if (!forms.getOrDefault(action, FormFile.NONE).hasInteger(field)) {
                extension.mistake(
                    "days_field",
                    MistakeCode.CATALOGUE_BAD_VALUE,
                    "\"" + field + "\" (expected: an integer member of forms/" + action + ".json)");
              }
              return new ClockExtension(
                  clock, field, extension.number("maximum_days", 1, MAXIMUM_EXTENSION));
            })
        .toList();
  }
}
