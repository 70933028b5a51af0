package govcloud.node.catalogue;

import java.util.Optional;

/**
 * A form as it was read.
 *
 * @param text the JSON Schema
 * @param schema the same, located; nothing if the file is broken or absent
 * @param broken whether the file has mistakes, which are noted by then
 */
record FormFile(String text, Optional<SourceNode> schema, boolean broken) {

  /** A file with mistakes that are already noted. */
  static final FormFile BROKEN = new FormFile("", Optional.empty(), true);

  /** No file at all. */
  static final FormFile NONE = new FormFile("", Optional.empty(), false);

  /** Whether the form has such a whole number; a broken form is given the benefit of the doubt. */
  boolean hasInteger(String member) {
    return broken
        || schema
            .flatMap(node -> node.member("properties"))
            .flatMap(properties -> properties.member(member))
            .flatMap(property -> property.member("type"))
            .map(SourceNode::text)
            .filter("integer"::equals)
            .isPresent();
  }
}
