package govcloud.node.catalogue;

import govcloud.domain.catalogue.AppDefinition;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether every state of a process can be reached and left, and every clock can run. */
final class ProcessCheck {

  private final AppDefinition definition;
  private final Section app;

  private ProcessCheck(AppDefinition definition, Section app) {
    this.definition = definition;
    this.app = app;
  }

  /** Notes what is wrong with the definition that was read from {@code app}. */
  static void run(AppDefinition definition, Section app) {
    var check = new ProcessCheck(definition, app);
    check.states();
    check.clocks();
    check.activities();
  }

  private void states() {
    Map<String, Set<String>> forward = new HashMap<>();
    Map<String, Set<String>> backward = new HashMap<>();
    for (var action : definition.actions().values()) {
      for (var state : definition.states().values()) {
        if (action.isPossibleIn(state)) {
          var next = action.stateAfter(state.name());
          forward.computeIfAbsent(state.name(), key -> new HashSet<>()).add(next);
          backward.computeIfAbsent(next, key -> new HashSet<>()).add(state.name());
        }
      }
    }
    var reached = closure(Stream.of(definition.startState()), forward);
    var finals =
        definition.states().values().stream()
            .filter(AppDefinition.State::isFinal)
            .map(AppDefinition.State::name);
    var ending = closure(finals, backward);
    for (var name : definition.states().keySet()) {
      if (!reached.contains(name)) {
        note("states", name, MistakeCode.CATALOGUE_UNREACHABLE_STATE, "no action leads here");
      } else if (!ending.contains(name)) {
        note("states", name, MistakeCode.CATALOGUE_DEAD_END, "no actions lead to a final state");
      }
    }
  }

  private void clocks() {
    for (var clock : definition.clocks()) {
      var started =
          clock.startsAtCreation()
              || definition.actions().values().stream()
                  .anyMatch(action -> action.startsClocks().contains(clock.name()));
      if (!started) {
        note("clocks", clock.name(), MistakeCode.CATALOGUE_IDLE_CLOCK, "nothing starts it");
      }
    }
  }

  private void activities() {
    Map<String, String> seen = new TreeMap<>();
    for (var name : new TreeSet<>(definition.actions().keySet())) {
      var activity = definition.actions().get(name).activity();
      var other = activity.map(text -> seen.put(text, name));
      other.ifPresent(
          action ->
              note(
                  "actions",
                  name,
                  MistakeCode.CATALOGUE_DUPLICATE,
                  "activity \"" + activity.orElse("") + "\" is also that of " + action));
    }
  }

  private void note(String group, String name, MistakeCode code, String reason) {
    var where = app.node().member(group).flatMap(all -> all.member(name)).orElse(app.node());
    app.mistakes().at(where, code, group + "." + name + ": " + reason);
  }

  private static Set<String> closure(Stream<String> from, Map<String, Set<String>> edges) {
    Set<String> reached = new HashSet<>();
    var frontier = new ArrayDeque<>(from.toList());
    while (!frontier.isEmpty()) {
      var state = frontier.poll();
      if (reached.add(state)) {
        frontier.addAll(edges.getOrDefault(state, Set.of()));
      }
    }
    return reached;
  }
}
