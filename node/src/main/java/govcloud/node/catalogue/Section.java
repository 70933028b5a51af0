package govcloud.node.catalogue;

import govcloud.domain.catalogue.LocalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * One mapping of an app's file, read key by key. Whatever is wrong is noted and an empty value
 * given, so that reading goes on; nothing is built from a file with mistakes.
 *
 * @param path dotted way to the mapping, for messages; empty at the top
 */
record Section(String path, SourceNode node, Mistakes mistakes) {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int MAXIMUM_TEXT = 500;
  private static final LocalText NO_TEXT = new LocalText("", "");

  Section {
    if (node.kind() != SourceNode.Kind.MAPPING) {
      mistakes.at(
          node, MistakeCode.CATALOGUE_BAD_VALUE, path + ": not a mapping (expected: a mapping)");
    }
  }

  /** Notes every key that is not one of these. */
  Section only(String... known) {
    var expected = new TreeSet<>(List.of(known));
    node.members()
        .forEach(
            (key, value) -> {
              if (!expected.contains(key)) {
                mistakes.at(
                    value,
                    MistakeCode.CATALOGUE_UNKNOWN_KEY,
                    name(key) + ": unknown (expected: one of " + expected + ")");
              }
            });
    return this;
  }

  /** A text that must be there. */
  String text(String key) {
    return required(key).map(member -> scalar(key, member)).orElse("");
  }

  /** A text that may be there. */
  Optional<String> optionalText(String key) {
    return node.member(key).map(member -> scalar(key, member));
  }

  /** A whole number between two bounds, or the usual one where the key is absent. */
  int number(String key, int from, int to, int usual) {
    return node.member(key).map(member -> number(key, member, from, to)).orElse(usual);
  }

  /** A whole number between two bounds that must be there. */
  int number(String key, int from, int to) {
    return required(key).map(member -> number(key, member, from, to)).orElse(from);
  }

  /** Whether the key is there and true. */
  boolean flag(String key) {
    return node.member(key)
        .map(
            member -> {
              if (member.kind() != SourceNode.Kind.FLAG) {
                bad(member, key, member.text(), "true or false");
              }
              return member.text().equals("true");
            })
        .orElse(false);
  }

  /** A text in both languages that must be there. */
  LocalText localText(String key) {
    return required(key).map(member -> localText(key, member)).orElse(NO_TEXT);
  }

  /** Texts in both languages by identifier. */
  Map<String, LocalText> localTexts(String key) {
    return mapped(key, this::localText);
  }

  /** Mappings by identifier; none where the key is absent. */
  Map<String, Section> sections(String key) {
    return mapped(key, (name, member) -> new Section(name(name), member, mistakes));
  }

  /** A list of mappings; none where the key is absent. */
  List<Section> sectionList(String key) {
    return node.member(key)
        .map(
            member -> {
              if (member.kind() != SourceNode.Kind.LIST) {
                bad(member, key, member.text(), "a list");
              }
              return member.items().stream()
                  .map(item -> new Section(name(key), item, mistakes))
                  .toList();
            })
        .orElse(List.of());
  }

  /** A word or a list of words, each of which must be declared. */
  List<String> references(String key, Set<String> declared, MistakeCode unknown) {
    var member = node.member(key);
    if (member.isEmpty()) {
      return List.of();
    }
    var words =
        member.get().kind() == SourceNode.Kind.LIST ? member.get().items() : List.of(member.get());
    words.forEach(word -> declared(key, word, word.text(), declared, unknown));
    return words.stream().map(SourceNode::text).distinct().toList();
  }

  /** One word that must be declared, if it is there. */
  Optional<String> reference(String key, Set<String> declared, MistakeCode unknown) {
    return node.member(key)
        .map(
            member -> {
              declared(key, member, scalar(key, member), declared, unknown);
              return member.text();
            });
  }

  /** Words by words, all of which must be declared. */
  Map<String, String> referenceMap(
      String key, Set<String> keys, Set<String> values, MistakeCode unknown) {
    Map<String, String> map = new LinkedHashMap<>();
    node.member(key)
        .map(SourceNode::members)
        .orElse(Map.of())
        .forEach(
            (from, to) -> {
              declared(key, to, from, keys, unknown);
              declared(key + "." + from, to, scalar(from, to), values, unknown);
              map.put(from, to.text());
            });
    return map;
  }

  /** Notes a mistake at one of this mapping's keys. */
  void mistake(String key, MistakeCode code, String reason) {
    mistakes.at(node.member(key).orElse(node), code, name(key) + ": " + reason);
  }

  /** Whether a name fits the pattern that every identifier must match. */
  static boolean isIdentifier(String name) {
    return IDENTIFIER.matcher(name).matches();
  }

  private void declared(
      String key, SourceNode where, String word, Set<String> declared, MistakeCode unknown) {
    if (!declared.contains(word)) {
      mistakes.at(
          where,
          unknown,
          name(key) + ": \"" + word + "\" (expected: one of " + new TreeSet<>(declared) + ")");
    }
  }

  private <T> Map<String, T> mapped(String key, BiFunction<String, SourceNode, T> reader) {
    Map<String, T> map = new LinkedHashMap<>();
    node.member(key)
        .ifPresent(
            member -> {
              if (member.kind() != SourceNode.Kind.MAPPING) {
                bad(member, key, member.text(), "a mapping");
              }
              member
                  .members()
                  .forEach(
                      (name, value) -> {
                        if (!isIdentifier(name)) {
                          mistakes.at(
                              value,
                              MistakeCode.CATALOGUE_BAD_IDENTIFIER,
                              name(key) + ": \"" + name + "\" (expected: " + IDENTIFIER + ")");
                        }
                        map.put(name, reader.apply(key + "." + name, value));
                      });
            });
    return map;
  }

  private LocalText localText(String key, SourceNode member) {
    var section = new Section(name(key), member, mistakes).only("zh", "en");
    for (var language : List.of("zh", "en")) {
      var text = member.member(language).map(SourceNode::text).orElse("");
      if (text.isBlank() || text.length() > MAXIMUM_TEXT) {
        mistakes.at(
            member,
            MistakeCode.CATALOGUE_MISSING_TEXT,
            section.name(language)
                + ": "
                + (text.isBlank() ? "missing" : text.length() + " characters")
                + " (expected: 1 to "
                + MAXIMUM_TEXT
                + " characters)");
      }
    }
    return new LocalText(
        member.member("zh").map(SourceNode::text).orElse(""),
        member.member("en").map(SourceNode::text).orElse(""));
  }

  private int number(String key, SourceNode member, int from, int to) {
    try {
      var number = Integer.parseInt(member.text());
      if (member.kind() == SourceNode.Kind.NUMBER && number >= from && number <= to) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below like any other value that is no number in range.
    }
    bad(member, key, member.text(), from + " to " + to);
    return from;
  }

  private String scalar(String key, SourceNode member) {
    if (member.kind() != SourceNode.Kind.TEXT || member.text().isBlank()) {
      bad(member, key, member.text(), "a text");
    }
    return member.text();
  }

  private Optional<SourceNode> required(String key) {
    var member = node.member(key);
    if (member.isEmpty()) {
      mistakes.at(node, MistakeCode.CATALOGUE_MISSING_KEY, name(key) + ": missing");
    }
    return member;
  }

  private void bad(SourceNode where, String key, String value, String expectation) {
    mistakes.at(
        where,
        MistakeCode.CATALOGUE_BAD_VALUE,
        name(key) + ": \"" + value + "\" (expected: " + expectation + ")");
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
