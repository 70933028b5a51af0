package govcloud.domain.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an app that departments can rent: everything that differs between apps, as data.
 *
 * @param name stable name, the folder under {@code apps/}
 * @param version counts from 1; a released version never changes
 * @param startState where a new case begins
 * @param states by name, in the order of their author
 * @param actions by name, in the order of their author
 * @param clocks statutory, promised and other deadlines
 * @param numbering pattern of case numbers, see {@code docs/adding-an-app.md}
 * @param formSchema the case form as JSON Schema text
 * @param migrations from an older version: version to (old state to new state)
 * @param creation who may open a case, and what must hold for it
 */
public record AppDefinition(
    String name,
    int version,
    LocalText title,
    LocalText summary,
    String startState,
    Map<String, State> states,
    Map<String, Action> actions,
    List<Clock> clocks,
    Numbering numbering,
    String formSchema,
    Map<String, Role> roles,
    Map<Integer, Map<String, String>> migrations,
    Creation creation) {

  public AppDefinition {
    states = inOrder(states);
    actions = inOrder(actions);
    clocks = List.copyOf(clocks);
    roles = inOrder(roles);
    migrations = Map.copyOf(migrations);
  }

  /** A definition whose cases every role of the app may open. */
  public AppDefinition(
      String name,
      int version,
      LocalText title,
      LocalText summary,
      String startState,
      Map<String, State> states,
      Map<String, Action> actions,
      List<Clock> clocks,
      Numbering numbering,
      String formSchema,
      Map<String, Role> roles,
      Map<Integer, Map<String, String>> migrations) {
    this(
        name,
        version,
        title,
        summary,
        startState,
        states,
        actions,
        clocks,
        numbering,
        formSchema,
        roles,
        migrations,
        Creation.FREE);
  }

  /** People read states and actions in the order in which the app's author wrote them. */
  private static <T> Map<String, T> inOrder(Map<String, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The action that another system's log calls {@code activity}. */
  public Optional<Action> actionFor(String activity) {
    return actions.values().stream()
        .filter(action -> action.activity().filter(activity::equals).isPresent())
        .findFirst();
  }

  /**
   * Who may open a case, and what must hold for it. Guards see the new case's {@code form} and its
   * start state; {@code action_form} is empty.
   *
   * @param roles who may; empty means every role of the app
   * @param guards all must hold
   */
  public record Creation(List<String> roles, List<GuardRule> guards) {
    /** Every role, no condition. */
    public static final Creation FREE = new Creation(List.of(), List.of());

    public Creation {
      roles = List.copyOf(roles);
      guards = List.copyOf(guards);
    }
  }

  /** A state that a case can be in; a final state ends its clocks. */
  public record State(String name, LocalText title, boolean isFinal) {}

  /** A role of people who work in the app. */
  public record Role(String name, LocalText title) {}

  /**
   * Something a person can do with a case.
   *
   * @param from the states in which it is possible; empty means in every state that is not final. A
   *     final state counts only if it is named
   * @param to the state after it; empty means that the state stays
   * @param roles who may; empty means every role of the app
   * @param guards all must hold
   * @param formSchema what must come with it, as JSON Schema text, if anything
   * @param stopsClocks names of clocks that stand still from here on
   * @param resumesClocks names of clocks that go on from here on
   * @param startsClocks names of clocks that begin here
   * @param produces names of documents that it produces
   * @param endsClocks names of clocks that have done their work here and never turn red later
   * @param extendsClocks clocks that get more days
   * @param activity what logs of other systems call this action, matched exactly
   * @param moves old state to new state, for an action whose outcome depends on where it is taken;
   *     then {@code from} holds its old states and {@code to} is empty. Ask {@link #stateAfter}
   */
  public record Action(
      String name,
      LocalText title,
      List<String> from,
      Optional<String> to,
      List<String> roles,
      List<GuardRule> guards,
      Optional<String> formSchema,
      List<String> startsClocks,
      List<String> stopsClocks,
      List<String> resumesClocks,
      List<Document> produces,
      List<String> endsClocks,
      List<ClockExtension> extendsClocks,
      Optional<String> activity,
      Map<String, String> moves) {

    public Action {
      from = List.copyOf(from);
      roles = List.copyOf(roles);
      guards = List.copyOf(guards);
      startsClocks = List.copyOf(startsClocks);
      stopsClocks = List.copyOf(stopsClocks);
      resumesClocks = List.copyOf(resumesClocks);
      produces = List.copyOf(produces);
      endsClocks = List.copyOf(endsClocks);
      extendsClocks = List.copyOf(extendsClocks);
      moves = Map.copyOf(moves);
    }

    /** Whether the process allows the action in this state, whoever asks. */
    public boolean isPossibleIn(State state) {
      return from.isEmpty() ? !state.isFinal() : from.contains(state.name());
    }

    /** The state that the action leads to when taken in {@code state}; maybe the same. */
    public String stateAfter(String state) {
      return to.orElseGet(() -> moves.getOrDefault(state, state));
    }

    /** An action that neither ends nor extends clocks and that no other system knows. */
    public Action(
        String name,
        LocalText title,
        List<String> from,
        Optional<String> to,
        List<String> roles,
        List<GuardRule> guards,
        Optional<String> formSchema,
        List<String> startsClocks,
        List<String> stopsClocks,
        List<String> resumesClocks,
        List<Document> produces) {
      this(
          name,
          title,
          from,
          to,
          roles,
          guards,
          formSchema,
          startsClocks,
          stopsClocks,
          resumesClocks,
          produces,
          List.of(),
          List.of(),
          Optional.empty(),
          Map.of());
    }
  }

  /**
   * An action's power to lengthen a clock.
   *
   * @param clock which
   * @param daysField member of the action's form that holds the number of working days
   * @param maximumDays the most that all extensions of the clock may add up to, in working days
   */
  public record ClockExtension(String clock, String daysField, int maximumDays) {}

  /** A guard with the sentence that a person reads when it does not hold. */
  public record GuardRule(Guard guard, LocalText message) {}

  /** A document that an action produces. */
  public record Document(String name, LocalText title) {}

  /**
   * A time limit.
   *
   * @param workingDays length in working days
   * @param startsAtCreation whether it runs from the case's creation
   * @param warnPercent share of the time after which the case turns yellow
   */
  public record Clock(
      String name,
      LocalText title,
      Kind kind,
      int workingDays,
      boolean startsAtCreation,
      int warnPercent) {

    /** Share of the time after which a case turns yellow unless its app says otherwise. */
    public static final int DEFAULT_WARN_PERCENT = 90;

    /** A time limit that warns at the usual share of its time. */
    public Clock(
        String name, LocalText title, Kind kind, int workingDays, boolean startsAtCreation) {
      this(name, title, kind, workingDays, startsAtCreation, DEFAULT_WARN_PERCENT);
    }

    /** Who set the limit. */
    public enum Kind {
      STATUTORY,
      PROMISED,
      INTERNAL
    }
  }

  /**
   * How cases are numbered, such as {@code {area}-{yyyyMM}-{serial:6}}.
   *
   * @param pattern literal text with {area}, {yyyy}, {yyyyMM}, {serial:N}
   */
  public record Numbering(String pattern) {}
}
