package govcloud.node.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the schema of one form and checks it as its author would like it checked: with lines. */
final class FormFileReader {

  private static final Pattern PERSONAL_PLACE =
      Pattern.compile("/properties/[^/]+|/additionalProperties");
  private static final Set<String> MEMBERS = Set.of("properties", "$defs");

  private final SourceReader reader;
  private final FormSchemaCompiler compiler;
  private final Mistakes mistakes;

  FormFileReader(SourceReader reader, FormSchemaCompiler compiler, Mistakes mistakes) {
    this.reader = reader;
    this.compiler = compiler;
    this.mistakes = mistakes;
  }

  /** The schema; a broken one and mistakes if it is not acceptable. */
  FormFile read(Path file) {
    var before = mistakes.count();
    var text = reader.text(file);
    var node = text.flatMap(content -> reader.parse(file, content));
    if (node.isEmpty()) {
      return FormFile.BROKEN;
    }
    shape(node.get());
    for (var error : compiler.check(text.get())) {
      bad(find(node.get(), error.pointer()), error.pointer() + ": " + error.detail());
    }
    FormReferenceCheck.run(node.get(), mistakes);
    schema(node.get(), "");
    if (mistakes.count() == before) {
      compile(node.get(), text.get());
    }
    return mistakes.count() == before ? new FormFile(text.get(), node, false) : FormFile.BROKEN;
  }

  private void compile(SourceNode node, String text) {
    try {
      compiler.compile(text);
    } catch (IllegalArgumentException e) {
      bad(node, e.getMessage());
    }
  }

  private void shape(SourceNode root) {
    expect(root, "$schema", FormSchemaCompiler.DIALECT);
    expect(root, "type", "object");
    if (root.member("additionalProperties").isEmpty()) {
      bad(root, "additionalProperties: missing (expected: false, or a schema of free members)");
    }
  }

  private void expect(SourceNode root, String key, String value) {
    var actual = root.member(key).map(SourceNode::text).orElse("");
    if (!actual.equals(value)) {
      bad(root.member(key).orElse(root), key + ": \"" + actual + "\" (expected: " + value + ")");
    }
  }

  private void schema(SourceNode node, String path) {
    personal(node, path);
    node.members()
        .forEach(
            (key, value) -> {
              if (MEMBERS.contains(key)) {
                members(value, path + "/" + key);
              } else {
                schema(value, path + "/" + key);
              }
            });
    node.items().forEach(item -> schema(item, path));
  }

  /** A member is sealed as a whole, so only those of the form itself can be marked. */
  private void personal(SourceNode node, String path) {
    node.member(FormSchemaCompiler.PERSONAL)
        .filter(mark -> !mark.text().equals("true") || !PERSONAL_PLACE.matcher(path).matches())
        .ifPresent(
            mark ->
                bad(
                    mark,
                    path
                        + "/personal: "
                        + mark.text()
                        + " (expected: true, at a member of the form or at its free members)"));
  }

  private void members(SourceNode properties, String path) {
    properties
        .members()
        .forEach(
            (name, member) -> {
              var memberPath = path + "/" + name;
              if (path.endsWith("/properties")) {
                named(member, memberPath);
              }
              schema(member, memberPath);
            });
  }

  private void named(SourceNode member, String path) {
    if (member.member("$ref").isEmpty()) {
      texts(member, member.member(FormSchemaCompiler.TEXTS), path + "/texts");
    }
    var choices = member.member("enum").map(SourceNode::items).orElse(List.of());
    var names = member.member(FormSchemaCompiler.ENUM_TEXTS);
    for (var choice : choices) {
      texts(
          choice,
          names.flatMap(all -> all.member(choice.text())),
          path + "/enum_texts/" + choice.text());
    }
  }

  private void texts(SourceNode where, Optional<SourceNode> texts, String path) {
    for (var language : List.of("zh", "en")) {
      if (texts.flatMap(all -> all.member(language)).map(SourceNode::text).orElse("").isBlank()) {
        mistakes.at(where, MistakeCode.CATALOGUE_MISSING_TEXT, path + "/" + language + ": missing");
      }
    }
  }

  private void bad(SourceNode where, String reason) {
    mistakes.at(where, MistakeCode.CATALOGUE_BAD_SCHEMA, reason);
  }

  private static SourceNode find(SourceNode root, String pointer) {
    var node = root;
    for (var step : pointer.split("/", -1)) {
      var key = step.replace("~1", "/").replace("~0", "~");
      if (node.kind() == SourceNode.Kind.MAPPING && node.members().containsKey(key)) {
        node = node.members().get(key);
      } else if (node.kind() == SourceNode.Kind.LIST && key.matches("\\d{1,4}")) {
        var index = Integer.parseInt(key);
        node = index < node.items().size() ? node.items().get(index) : node;
      }
    }
    return node;
  }
}
