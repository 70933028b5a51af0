package govcloud.node.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the references of a form stay within its file and end. A definition that leads back to
 * itself would let a validator run for ever.
 */
final class FormReferenceCheck {

  private static final String DEFINITIONS = "#/$defs/";

  private final Map<String, SourceNode> definitions;
  private final Mistakes mistakes;

  private FormReferenceCheck(SourceNode root, Mistakes mistakes) {
    this.definitions = root.member("$defs").map(SourceNode::members).orElse(Map.of());
    this.mistakes = mistakes;
  }

  /** Notes what is wrong with the references below {@code root}. */
  static void run(SourceNode root, Mistakes mistakes) {
    var check = new FormReferenceCheck(root, mistakes);
    check.places(root);
    check.definitions.forEach(
        (name, node) -> {
          if (check.reachable(node).contains(name)) {
            check.bad(node, "$defs/" + name + ": leads back to itself (expected: an end)");
          }
        });
  }

  private void places(SourceNode node) {
    node.members()
        .forEach(
            (key, value) -> {
              var isKeyword = value.kind() == SourceNode.Kind.TEXT;
              if (isKeyword && key.equals("$ref") && !definitions.containsKey(target(value))) {
                bad(value, "$ref: " + value.text() + " (expected: #/$defs/ of this file)");
              }
              if (isKeyword && (key.equals("$dynamicRef") || key.equals("$id"))) {
                bad(value, key + ": given (expected: none)");
              }
              places(value);
            });
    node.items().forEach(this::places);
  }

  private Set<String> reachable(SourceNode from) {
    Set<String> reached = new HashSet<>();
    var frontier = new ArrayList<>(references(from));
    while (!frontier.isEmpty()) {
      var name = frontier.remove(frontier.size() - 1);
      if (definitions.containsKey(name) && reached.add(name)) {
        frontier.addAll(references(definitions.get(name)));
      }
    }
    return reached;
  }

  private static List<String> references(SourceNode node) {
    List<String> found = new ArrayList<>();
    node.member("$ref").map(FormReferenceCheck::target).ifPresent(found::add);
    node.members().values().forEach(member -> found.addAll(references(member)));
    node.items().forEach(item -> found.addAll(references(item)));
    return found;
  }

  private static String target(SourceNode reference) {
    var text = reference.text();
    return text.startsWith(DEFINITIONS) ? text.substring(DEFINITIONS.length()) : "";
  }

  private void bad(SourceNode where, String reason) {
    mistakes.at(where, MistakeCode.CATALOGUE_BAD_SCHEMA, reason);
  }
}
