package govcloud.node.catalogue;

import govcloud.domain.catalogue.AppDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a folder of apps: {@code <name>/<version>/app.yaml}, {@code form.json}, {@code forms/}. */
final class AppFolderReader {

  /** Folder beside the apps that holds calendars; no app can have its name. */
  static final String CALENDARS = "calendar";

  private static final int MAXIMUM_VERSIONS = 1_000;

  /** Mistakes that do not change where actions lead. */
  private static final Set<MistakeCode> BESIDE_THE_PROCESS =
      Set.of(
          MistakeCode.CATALOGUE_MISSING_TEXT,
          MistakeCode.CATALOGUE_BAD_GUARD,
          MistakeCode.CATALOGUE_BAD_IDENTIFIER,
          MistakeCode.CATALOGUE_UNKNOWN_ROLE,
          MistakeCode.CATALOGUE_UNKNOWN_DOCUMENT,
          MistakeCode.CATALOGUE_BAD_NUMBERING,
          MistakeCode.CATALOGUE_BAD_MIGRATION);

  private final Path root;
  private final Mistakes mistakes;
  private final SourceReader sources;
  private final FormFileReader forms;
  private final AppReader apps;

  AppFolderReader(Path root, GuardCompiler guards, Mistakes mistakes) {
    this.root = root;
    this.mistakes = mistakes;
    this.sources = new SourceReader(root, mistakes);
    this.forms = new FormFileReader(sources, new FormSchemaCompiler(), mistakes);
    this.apps = new AppReader(guards);
  }

  /** Every app by name and version. */
  Map<String, NavigableMap<Integer, AppDefinition>> read() {
    Map<String, NavigableMap<Integer, AppDefinition>> all = new TreeMap<>();
    for (var folder : children(root)) {
      var name = folder.getFileName().toString();
      if (Files.isDirectory(folder) && !name.equals(CALENDARS)) {
        if (!Section.isIdentifier(name)) {
          mistakes.about(
              name,
              MistakeCode.CATALOGUE_BAD_IDENTIFIER,
              "folder: " + name + " (expected: lower-case letters, digits and -)");
        }
        all.put(name, versions(name, folder));
      }
    }
    return all;
  }

  private NavigableMap<Integer, AppDefinition> versions(String name, Path folder) {
    NavigableMap<Integer, AppDefinition> versions = new TreeMap<>();
    Map<Integer, SourceNode> nodes = new LinkedHashMap<>();
    for (var child : children(folder)) {
      var label = child.getFileName().toString();
      if (!label.matches("[1-9]\\d{0,2}") || !Files.isDirectory(child)) {
        unexpected(child, "folders 1, 2, 3 ...");
      } else {
        version(name, Integer.parseInt(label), child)
            .ifPresent(
                read -> {
                  versions.put(read.definition().version(), read.definition());
                  nodes.put(read.definition().version(), read.source());
                });
      }
    }
    consecutive(name, folder);
    nodes.forEach((version, node) -> migrations(versions, versions.get(version), node));
    return versions;
  }

  private record Read(AppDefinition definition, SourceNode source) {}

  private Optional<Read> version(String name, int version, Path folder) {
    Map<String, FormFile> actionForms = new LinkedHashMap<>();
    var hasForm = false;
    var form = FormFile.BROKEN;
    for (var file : children(folder)) {
      switch (file.getFileName().toString()) {
        case "app.yaml" -> {}
        case "form.json" -> {
          hasForm = true;
          form = forms.read(file);
        }
        case "forms" -> actionForms.putAll(actionForms(file));
        default -> unexpected(file, "app.yaml, form.json or forms/");
      }
    }
    if (!hasForm) {
      missing(folder.resolve("form.json"));
    }
    var file = folder.resolve("app.yaml");
    if (!Files.isRegularFile(file)) {
      missing(file);
      return Optional.empty();
    }
    var caseForm = form;
    return sources
        .text(file)
        .flatMap(text -> sources.parse(file, text))
        .map(node -> new Read(definition(name, version, node, caseForm, actionForms), node));
  }

  private AppDefinition definition(
      String name, int version, SourceNode node, FormFile form, Map<String, FormFile> actionForms) {
    var app = new Section("", node, mistakes);
    var definition = apps.read(name, version, app, form.text(), actionForms);
    for (var action : actionForms.keySet()) {
      if (!definition.actions().containsKey(action)) {
        mistakes.about(
            name + "/" + version + "/forms/" + action + ".json",
            MistakeCode.CATALOGUE_UNKNOWN_ACTION,
            "\"" + action + "\" (expected: the name of an action)");
      }
    }
    if (!mistakes.anyIn(node.file(), BESIDE_THE_PROCESS)) {
      ProcessCheck.run(definition, app);
    }
    return definition;
  }

  private Map<String, FormFile> actionForms(Path folder) {
    Map<String, FormFile> read = new TreeMap<>();
    for (var file : children(folder)) {
      var name = file.getFileName().toString();
      if (name.endsWith(".json")) {
        read.put(name.substring(0, name.length() - ".json".length()), forms.read(file));
      } else {
        unexpected(file, "<action>.json");
      }
    }
    return read;
  }

  private void consecutive(String name, Path folder) {
    var labels = children(folder).stream().map(child -> child.getFileName().toString()).toList();
    var numbers = labels.stream().filter(label -> label.matches("[1-9]\\d{0,2}")).count();
    for (var version = 1; version <= Math.min(numbers, MAXIMUM_VERSIONS); version++) {
      if (!labels.contains(String.valueOf(version))) {
        mistakes.about(
            name,
            MistakeCode.CATALOGUE_VERSION_GAP,
            "version " + version + ": missing (expected: 1 to " + numbers + " without a gap)");
      }
    }
    if (numbers == 0) {
      mistakes.about(name, MistakeCode.CATALOGUE_VERSION_GAP, "no version (expected: 1)");
    }
  }

  private void migrations(
      NavigableMap<Integer, AppDefinition> versions, AppDefinition definition, SourceNode node) {
    definition
        .migrations()
        .forEach(
            (from, mapping) -> {
              var older = versions.get(from);
              if (older == null || older.states().keySet().equals(mapping.keySet())) {
                return;
              }
              mistakes.at(
                  node.member("migrations")
                      .flatMap(all -> all.member(String.valueOf(from)))
                      .orElse(node),
                  MistakeCode.CATALOGUE_BAD_MIGRATION,
                  "migrations."
                      + from
                      + ": "
                      + mapping.keySet().stream().sorted().toList()
                      + " (expected: every state of version "
                      + from
                      + ": "
                      + older.states().keySet().stream().sorted().toList()
                      + ")");
            });
  }

  private void missing(Path file) {
    mistakes.about(
        sources.nameOf(file), MistakeCode.CATALOGUE_BAD_FILE, "missing (expected: a file)");
  }

  private void unexpected(Path file, String expectation) {
    mistakes.about(
        sources.nameOf(file),
        MistakeCode.CATALOGUE_BAD_FILE,
        "unexpected (expected: " + expectation + ")");
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (var stream = Files.newDirectoryStream(folder)) {
      for (var child : stream) {
        if (!child.getFileName().toString().startsWith(".")) {
          children.add(child);
        }
      }
    } catch (IOException e) {
      mistakes.about(
          folder.toString(),
          MistakeCode.CATALOGUE_BAD_FILE,
          "no readable folder: " + e.getMessage());
    }
    children.sort(null);
    return children;
  }
}
