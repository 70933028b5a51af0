package govcloud.domain.casework;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who did what in a case, so that guards can keep duties apart. What was written before events said
 * it has nobody.
 *
 * @param openedBy who opened the case; empty if nothing says it
 * @param byAction the people who took an action, by its name
 */
public record Doers(String openedBy, Map<String, Set<String>> byAction) {

  /** Nobody did anything. */
  public static final Doers NONE = new Doers("", Map.of());

  public Doers {
    byAction = Collections.unmodifiableMap(new LinkedHashMap<>(byAction));
  }

  /** The same, when somebody has opened the case. */
  static Doers openedBy(String person) {
    return new Doers(person, Map.of());
  }

  /** The same, when a person has taken an action too. */
  Doers with(String action, String person) {
    if (person.isEmpty() || byAction.getOrDefault(action, Set.of()).contains(person)) {
      return this;
    }
    var people = new LinkedHashSet<>(byAction.getOrDefault(action, Set.of()));
    people.add(person);
    var all = new LinkedHashMap<>(byAction);
    all.put(action, Collections.unmodifiableSet(people));
    return new Doers(openedBy, all);
  }

  /** Names of the actions that the person took, sorted. */
  List<String> actionsOf(String person) {
    return byAction.entrySet().stream()
        .filter(entry -> entry.getValue().contains(person))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
