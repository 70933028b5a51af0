package govcloud.domain.contract;

import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.AppDefinition.Action;
import govcloud.domain.catalogue.AppDefinition.Clock;
import govcloud.domain.catalogue.AppDefinition.ClockExtension;
import govcloud.domain.catalogue.AppDefinition.GuardRule;
import govcloud.domain.catalogue.AppDefinition.State;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.domain.catalogue.Guard;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.catalogue.WorkingCalendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A catalogue with one small app, {@code permits}: received, accepted, hearing, decided (final).
 * Its statutory clock (5 days) runs from the creation; the promised one (20 days) from the
 * acceptance. Version 2 calls {@code accepted} {@code examined}; version 3 declares no migration.
 */
public final class TestCatalogue implements Catalogue {

  /** The app's name. */
  public static final String PERMITS = "permits";

  @Override
  public Optional<AppDefinition> find(String name, int version) {
    return all().stream()
        .filter(definition -> definition.name().equals(name) && definition.version() == version)
        .findFirst();
  }

  @Override
  public Optional<AppDefinition> newest(String name) {
    return all().stream()
        .filter(definition -> definition.name().equals(name))
        .max(Comparator.comparing(AppDefinition::version));
  }

  @Override
  public List<AppDefinition> all() {
    return List.of(
        permits(1, "accepted", Map.of()),
        permits(
            2,
            "examined",
            Map.of(
                1,
                Map.of(
                    "received", "received",
                    "accepted", "examined",
                    "hearing", "decided",
                    "decided", "decided"))),
        permits(3, "examined", Map.of()));
  }

  @Override
  public WorkingCalendar calendar() {
    return new GovernmentCalendar(
        ZoneId.of("Asia/Shanghai"),
        Set.of(LocalDate.parse("2026-04-06")),
        Set.of(LocalDate.parse("2026-04-11")),
        Set.of(2026));
  }

  private static AppDefinition permits(
      int version, String accepted, Map<Integer, Map<String, String>> migrations) {
    var states = new LinkedHashMap<String, State>();
    for (var name : List.of("received", accepted, "hearing", "decided")) {
      states.put(name, new State(name, text(name), name.equals("decided")));
    }
    var actions = new LinkedHashMap<String, Action>();
    for (var action : actions(accepted)) {
      actions.put(action.name(), action);
    }
    return new AppDefinition(
        PERMITS,
        version,
        text("permits"),
        text("permits"),
        "received",
        states,
        actions,
        List.of(
            new Clock("statutory", text("statutory"), Clock.Kind.STATUTORY, 5, true),
            new Clock("promised", text("promised"), Clock.Kind.PROMISED, 20, false)),
        new AppDefinition.Numbering("{area}-{yyyyMM}-{serial:6}"),
        "{}",
        Map.of(
            "clerk", new AppDefinition.Role("clerk", text("clerk")),
            "head", new AppDefinition.Role("head", text("head"))),
        migrations);
  }

  private static List<Action> actions(String accepted) {
    return List.of(
        action("accept", List.of("received"), accepted, List.of("clerk"), List.of("promised"))
            .clocks(List.of(), List.of(), List.of("statutory"))
            .build(),
        action("hear", List.of(accepted), "hearing", List.of("clerk"), List.of())
            .clocks(List.of("promised"), List.of(), List.of())
            .build(),
        action("heard", List.of("hearing"), accepted, List.of("clerk"), List.of())
            .clocks(List.of(), List.of("promised"), List.of())
            .build(),
        action("prolong", List.of(accepted, "hearing"), null, List.of("head"), List.of())
            .extending("promised", 10)
            .build(),
        action("decide", List.of(accepted), "decided", List.of("head"), List.of())
            .guarded("form.complete", "complete")
            .producing("decision")
            .build(),
        action("withdraw", List.of(), "decided", List.of(), List.of()).build());
  }

  private static ActionDraft action(
      String name, List<String> from, String to, List<String> roles, List<String> starts) {
    return new ActionDraft(name, from, to, roles, starts);
  }

  private static LocalText text(String text) {
    return new LocalText(text, text);
  }

  /** Holds when the case's form says {@code true}; an absent answer is an error. */
  private record FormSays(String expression, String field) implements Guard {
    @Override
    public Verdict test(Map<String, Object> variables) {
      var value = ((Map<?, ?>) variables.get("form")).get(field);
      return value == null
          ? new Verdict(false, field + ": absent (expected: true or false)")
          : new Verdict(value.equals(true), "");
    }
  }

  private static final class ActionDraft {
    private final String name;
    private final List<String> from;
    private final Optional<String> to;
    private final List<String> roles;
    private final List<String> starts;
    private List<String> stops = List.of();
    private List<String> resumes = List.of();
    private List<String> ends = List.of();
    private List<ClockExtension> extensions = List.of();
    private List<GuardRule> guards = List.of();
    private List<AppDefinition.Document> documents = List.of();

    private ActionDraft(
        String name, List<String> from, String to, List<String> roles, List<String> starts) {
      this.name = name;
      this.from = from;
      this.to = Optional.ofNullable(to);
      this.roles = roles;
      this.starts = starts;
    }

    private ActionDraft clocks(List<String> stop, List<String> resume, List<String> end) {
      stops = stop;
      resumes = resume;
      ends = end;
      return this;
    }

    private ActionDraft extending(String clock, int maximum) {
      extensions = List.of(new ClockExtension(clock, "days", maximum));
      return this;
    }

    private ActionDraft guarded(String expression, String field) {
      var message = new LocalText("表单不完整", "The form is complete (expected: yes)");
      guards = List.of(new GuardRule(new FormSays(expression, field), message));
      return this;
    }

    private ActionDraft producing(String document) {
      documents = List.of(new AppDefinition.Document(document, text(document)));
      return this;
    }

    private Action build() {
      return new Action(
          name,
          text(name),
          from,
          to,
          roles,
          guards,
          Optional.empty(),
          starts,
          stops,
          resumes,
          documents,
          ends,
          extensions,
          Optional.empty(),
          Map.of());
    }
  }
}
