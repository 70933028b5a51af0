package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an import must know of an app's definition.
 *
 * @param actionByActivity what logs call an action, to the action
 * @param titles action to its English title, for logs made of cases that were never imported
 * @param formSchema JSON Schema of the case form
 */
public record AppProcess(
    Map<String, String> actionByActivity, Map<String, String> titles, JsonNode formSchema) {

  public AppProcess {
    actionByActivity = Map.copyOf(actionByActivity);
    titles = Map.copyOf(titles);
  }

  /** Reads a definition as the API serves it. */
  public static AppProcess of(JsonNode definition) {
    Map<String, String> actions = new LinkedHashMap<>();
    Map<String, String> titles = new LinkedHashMap<>();
    for (JsonNode action : definition.path("actions")) {
      String name = action.path("action").asText();
      titles.put(name, action.path("title").path("en").asText(name));
      actions.putIfAbsent(name, name);
    }
    for (JsonNode action : definition.path("actions")) {
      if (action.hasNonNull("activity")) {
        actions.put(action.get("activity").asText(), action.path("action").asText());
      }
    }
    JsonNode form = definition.path("form");
    return new AppProcess(
        actions, titles, form.isObject() ? form : JsonNodeFactory.instance.objectNode());
  }

  /** The action that a log calls {@code activity}; an action's own name fits too. */
  public Optional<String> action(String activity) {
    return Optional.ofNullable(actionByActivity.get(activity));
  }

  /** What logs call an action: its activity, or its own name. */
  public String activity(String action) {
    return actionByActivity.entrySet().stream()
        .filter(e -> e.getValue().equals(action) && !e.getKey().equals(action))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(action);
  }
}
