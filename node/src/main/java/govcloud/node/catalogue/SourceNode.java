package govcloud.node.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a YAML or JSON file that remembers where it stands.
 *
 * @param file relative to the folder of apps
 * @param line of the key for a member, else of the value; counts from 1
 * @param column likewise
 * @param text the scalar as text; empty for mappings and lists
 * @param members of a mapping, in the order of the file
 * @param items of a list
 */
record SourceNode(
    String file,
    int line,
    int column,
    Kind kind,
    String text,
    Map<String, SourceNode> members,
    List<SourceNode> items) {

  /** What a value is. */
  enum Kind {
    MAPPING,
    LIST,
    TEXT,
    NUMBER,
    FLAG,
    NULL
  }

  /** The member of that name, if this is a mapping that has it. */
  Optional<SourceNode> member(String key) {
    return Optional.ofNullable(members.get(key));
  }

  /** The same value at the place of its key. */
  SourceNode at(int keyLine, int keyColumn) {
    return new SourceNode(file, keyLine, keyColumn, kind, text, members, items);
  }
}
