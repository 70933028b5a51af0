package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads YAML and JSON into {@link SourceNode}s: bounded, without aliases, without duplicates. */
final class SourceReader {

  /** The largest file of the catalogue in bytes. */
  static final int MAXIMUM_BYTES = 262_144;

  private static final int MAXIMUM_DEPTH = 32;

  private final Path root;
  private final Mistakes mistakes;
  private final JsonFactory yaml;
  private final JsonFactory json;

  SourceReader(Path root, Mistakes mistakes) {
    this.root = root;
    this.mistakes = mistakes;
    var limits = StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build();
    this.yaml = YAMLFactory.builder().streamReadConstraints(limits).build();
    this.json = JsonFactory.builder().streamReadConstraints(limits).build();
  }

  /** The file's path as mistakes name it. */
  String nameOf(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** The file's text, or nothing and a mistake. */
  Optional<String> text(Path file) {
    try {
      var size = Files.size(file);
      if (size > MAXIMUM_BYTES) {
        mistakes.about(
            nameOf(file),
            MistakeCode.CATALOGUE_BAD_FILE,
            "size: " + size + " bytes (expected: at most " + MAXIMUM_BYTES + ")");
        return Optional.empty();
      }
      return Optional.of(Files.readString(file));
    } catch (MalformedInputException e) {
      mistakes.about(nameOf(file), MistakeCode.CATALOGUE_BAD_SYNTAX, "not UTF-8");
      return Optional.empty();
    } catch (IOException e) {
      mistakes.about(nameOf(file), MistakeCode.CATALOGUE_BAD_FILE, "unreadable: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The only value in the text, or nothing and mistakes; YAML or JSON by the file's name. */
  Optional<SourceNode> parse(Path file, String text) {
    var name = nameOf(file);
    var before = mistakes.count();
    try (var parser = (name.endsWith(".json") ? json : yaml).createParser(text)) {
      if (parser.nextToken() == null) {
        mistakes.about(name, MistakeCode.CATALOGUE_BAD_SYNTAX, "empty (expected: a mapping)");
        return Optional.empty();
      }
      var node = value(parser, name);
      if (parser.nextToken() != null) {
        mistakes.at(here(parser, name), MistakeCode.CATALOGUE_BAD_SYNTAX, "more than one document");
      }
      return mistakes.count() == before ? Optional.of(node) : Optional.empty();
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      mistakes.add(
          new Mistake(
              MistakeCode.CATALOGUE_BAD_SYNTAX,
              name,
              at == null ? 0 : at.getLineNr(),
              at == null ? 0 : at.getColumnNr(),
              firstLine(e.getOriginalMessage())));
      return Optional.empty();
    } catch (IOException e) {
      mistakes.about(name, MistakeCode.CATALOGUE_BAD_SYNTAX, firstLine(e.getMessage()));
      return Optional.empty();
    }
  }

  private SourceNode value(JsonParser parser, String file) throws IOException {
    var place = here(parser, file);
    if (parser instanceof YAMLParser yamlParser && yamlParser.isCurrentAlias()) {
      mistakes.at(place, MistakeCode.CATALOGUE_BAD_SYNTAX, "alias (expected: the value itself)");
    }
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(parser, file, place);
    }
    if (token == JsonToken.START_ARRAY) {
      List<SourceNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser, file));
      }
      return node(place, SourceNode.Kind.LIST, "", Map.of(), items);
    }
    return node(place, kindOf(token), parser.getText(), Map.of(), List.of());
  }

  private SourceNode mapping(JsonParser parser, String file, SourceNode place) throws IOException {
    Map<String, SourceNode> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var keyPlace = here(parser, file);
      parser.nextToken();
      var member = value(parser, file).at(keyPlace.line(), keyPlace.column());
      if (members.put(key, member) != null) {
        mistakes.at(keyPlace, MistakeCode.CATALOGUE_DUPLICATE, key + ": given twice");
      }
    }
    return node(place, SourceNode.Kind.MAPPING, "", members, List.of());
  }

  private static SourceNode.Kind kindOf(JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> SourceNode.Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> SourceNode.Kind.FLAG;
      case VALUE_NULL -> SourceNode.Kind.NULL;
      default -> SourceNode.Kind.TEXT;
    };
  }

  private static SourceNode here(JsonParser parser, String file) {
    var at = parser.currentTokenLocation();
    return new SourceNode(
        file, at.getLineNr(), at.getColumnNr(), SourceNode.Kind.NULL, "", Map.of(), List.of());
  }

  private static SourceNode node(
      SourceNode place,
      SourceNode.Kind kind,
      String text,
      Map<String, SourceNode> members,
      List<SourceNode> items) {
    return new SourceNode(
        place.file(), place.line(), place.column(), kind, text == null ? "" : text, members, items);
  }

  private static String firstLine(String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
