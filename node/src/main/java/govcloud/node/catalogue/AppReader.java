package govcloud.node.catalogue;

import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.AppDefinition.Action;
import govcloud.domain.catalogue.AppDefinition.Clock;
import govcloud.domain.catalogue.AppDefinition.Creation;
import govcloud.domain.catalogue.AppDefinition.Numbering;
import govcloud.domain.catalogue.AppDefinition.Role;
import govcloud.domain.catalogue.AppDefinition.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code app.yaml} of one version of an app. */
final class AppReader {

  private static final String[] KEYS = {
    "title",
    "summary",
    "start",
    "states",
    "roles",
    "clocks",
    "documents",
    "numbering",
    "create",
    "actions",
    "migrations"
  };

  private static final Pattern NUMBERING =
      Pattern.compile("(?:[^{}]|\\{area}|\\{yyyy}|\\{yyyyMM}|\\{serial:[1-9]})+");
  private static final int MAXIMUM_WORKING_DAYS = 1_000;

  private final GuardCompiler guards;

  AppReader(GuardCompiler guards) {
    this.guards = guards;
  }

  /**
   * The definition that the section describes. Mistakes are noted; the result of a section with
   * mistakes is good for further checks only.
   *
   * @param formSchema the case form
   * @param forms the forms of actions
   */
  AppDefinition read(
      String name, int version, Section app, String formSchema, Map<String, FormFile> forms) {
    app.only(KEYS);
    var states = states(app);
    var roles = roles(app);
    var clocks = clocks(app);
    var reader =
        new ActionReader(
            guards,
            app.node().member("actions").map(all -> all.members().keySet()).orElse(Set.of()),
            states.keySet(),
            roles.keySet(),
            Set.copyOf(clocks.stream().map(Clock::name).toList()),
            app.localTexts("documents"),
            forms);
    var actions = actions(app, reader);
    return new AppDefinition(
        name,
        version,
        app.localText("title"),
        app.localText("summary"),
        start(app, states.keySet()),
        states,
        actions,
        clocks,
        numbering(app),
        formSchema,
        roles,
        migrations(app, version, states.keySet()),
        creation(app, reader));
  }

  private static String start(Section app, Set<String> states) {
    app.reference("start", states, MistakeCode.CATALOGUE_UNKNOWN_STATE);
    return app.text("start");
  }

  private static Map<String, Role> roles(Section app) {
    Map<String, Role> roles = new LinkedHashMap<>();
    app.localTexts("roles").forEach((role, title) -> roles.put(role, new Role(role, title)));
    return roles;
  }

  private static Map<String, State> states(Section app) {
    Map<String, State> states = new LinkedHashMap<>();
    app.sections("states")
        .forEach(
            (name, section) -> {
              section.only("title", "final");
              states.put(name, new State(name, section.localText("title"), section.flag("final")));
            });
    if (states.isEmpty()) {
      app.mistake("states", MistakeCode.CATALOGUE_MISSING_KEY, "none (expected: at least one)");
    }
    return states;
  }

  private static List<Clock> clocks(Section app) {
    List<Clock> clocks = new ArrayList<>();
    app.sections("clocks")
        .forEach(
            (name, section) -> {
              section.only("title", "kind", "working_days", "starts_at_creation", "warn_percent");
              clocks.add(
                  new Clock(
                      name,
                      section.localText("title"),
                      kind(section),
                      section.number("working_days", 1, MAXIMUM_WORKING_DAYS),
                      section.flag("starts_at_creation"),
                      section.number("warn_percent", 1, 99, Clock.DEFAULT_WARN_PERCENT)));
            });
    return clocks;
  }

  private static Clock.Kind kind(Section section) {
    var kind = section.text("kind");
    for (var known : Clock.Kind.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(kind)) {
        return known;
      }
    }
    if (!kind.isEmpty()) {
      section.mistake(
          "kind",
          MistakeCode.CATALOGUE_BAD_VALUE,
          "\"" + kind + "\" (expected: statutory, promised or internal)");
    }
    return Clock.Kind.INTERNAL;
  }

  private static Map<String, Action> actions(Section app, ActionReader reader) {
    Map<String, Action> actions = new LinkedHashMap<>();
    app.sections("actions")
        .forEach((name, section) -> actions.put(name, reader.read(name, section)));
    if (actions.isEmpty()) {
      app.mistake("actions", MistakeCode.CATALOGUE_MISSING_KEY, "none (expected: at least one)");
    }
    return actions;
  }

  private static Creation creation(Section app, ActionReader reader) {
    if (app.node().member("create").isEmpty()) {
      return Creation.FREE;
    }
    var create =
        new Section("create", app.node().member("create").get(), app.mistakes())
            .only("roles", "guards");
    return new Creation(reader.roles(create), reader.guards(create));
  }

  private static Numbering numbering(Section app) {
    var pattern = app.text("numbering");
    var serials = pattern.split("\\{serial:", -1).length - 1;
    if (!pattern.isEmpty() && (!NUMBERING.matcher(pattern).matches() || serials != 1)) {
      app.mistake(
          "numbering",
          MistakeCode.CATALOGUE_BAD_NUMBERING,
          "\""
              + pattern
              + "\" (expected: text with {area}, {yyyy}, {yyyyMM} and one {serial:1} to {serial:9})");
    }
    return new Numbering(pattern);
  }

  private static Map<Integer, Map<String, String>> migrations(
      Section app, int version, Set<String> states) {
    Map<Integer, Map<String, String>> migrations = new LinkedHashMap<>();
    var all = app.node().member("migrations");
    all.ifPresent(
        node -> {
          var section = new Section("migrations", node, app.mistakes());
          node.members()
              .forEach(
                  (from, mapping) -> {
                    if (!from.matches("[1-9]\\d{0,3}") || Integer.parseInt(from) >= version) {
                      section.mistake(
                          from,
                          MistakeCode.CATALOGUE_BAD_MIGRATION,
                          "from version " + from + " (expected: a version before " + version + ")");
                    } else {
                      migrations.put(
                          Integer.valueOf(from),
                          section.referenceMap(
                              from,
                              mapping.members().keySet(),
                              states,
                              MistakeCode.CATALOGUE_UNKNOWN_STATE));
                    }
                  });
        });
    return migrations;
  }
}
