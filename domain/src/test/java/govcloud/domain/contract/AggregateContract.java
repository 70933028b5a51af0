package govcloud.domain.contract;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every aggregate. Extend it with a fixture. */
public abstract class AggregateContract<C, E, S> {

  private static final int WALKS = 300;
  private static final int LENGTH = 60;
  private static final int STATES = 150;

  private final AggregateFixture<C, E, S> fixture;

  protected AggregateContract(AggregateFixture<C, E, S> fixture) {
    this.fixture = fixture;
  }

  @Test
  void anyLife_walked_meetsEveryCommandEventAndStatus() {
    var walks = walks();
    assertThat(names(fixture.commands().stream())).isEqualTo(permitted(fixture.commandType()));
    assertThat(
            names(
                walks.stream()
                    .flatMap(walk -> walk.commits().stream())
                    .flatMap(c -> c.events().stream())))
        .isEqualTo(permitted(fixture.eventType()));
    var statuses = new TreeSet<String>();
    states(walks).forEach(state -> statuses.add(fixture.aggregate().status(state)));
    assertThat(statuses).isEqualTo(new TreeSet<>(fixture.statuses()));
  }

  @Test
  void anyState_anyEvent_evolves() {
    var samples = new Samples(7);
    for (var state : some(states(walks()))) {
      for (var event : samples.ofEach(fixture.eventType())) {
        var next = fixture.aggregate().evolve(state, event);
        assertThat(next).as("after %s", event).isNotNull();
        assertThat(fixture.aggregate().status(next)).isNotNull();
      }
    }
  }

  @Test
  void anyLife_replayed_isAsLived() {
    for (var walk : walks()) {
      var state = fixture.aggregate().initial();
      for (var commit : walk.commits()) {
        for (var event : commit.events()) {
          state = fixture.aggregate().evolve(state, event);
        }
      }
      assertThat(state).isEqualTo(walk.last());
    }
  }

  @Test
  void anyState_anyCommand_answersTheSameTwice() {
    var samples = new Samples(11);
    for (var state : some(states(walks()))) {
      var commands = new ArrayList<>(fixture.commands());
      commands.addAll(samples.ofEach(fixture.commandType()));
      for (var command : commands) {
        for (var actor : fixture.actors()) {
          var context = new Context(AggregateWalk.BEGIN, actor);
          var decision = fixture.aggregate().decide(state, command, context);
          assertThat(fixture.aggregate().decide(state, command, context)).isEqualTo(decision);
        }
      }
    }
  }

  @Test
  void anyState_refusal_namesCodeValueAndExpectationAndChangesNothing() {
    var refusals = 0;
    for (var walk : walks()) {
      for (var step : walk.steps()) {
        if (step.decision() instanceof Decision.Refused<E> refused) {
          refusals++;
          assertThat(step.after()).isEqualTo(step.before());
          assertThat(refused.refusal().code()).matches("[A-Z]+(_[A-Z]+)+");
          assertThat(refused.refusal().message()).contains("(expected: ").doesNotContain("null");
        }
      }
    }
    assertThat(refusals).isPositive();
  }

  @Test
  void acceptedIdempotentCommand_repeated_isAcceptedWithoutEvents() {
    var repeated = new LinkedHashSet<Class<?>>();
    for (var walk : walks()) {
      for (var step : walk.steps()) {
        if (step.decision() instanceof Decision.Accepted<E>
            && fixture.idempotent().contains(step.command().getClass())) {
          repeated.add(step.command().getClass());
          assertThat(fixture.aggregate().decide(step.after(), step.command(), step.context()))
              .as("%s again", step.command())
              .isEqualTo(Decision.accept());
        }
      }
    }
    assertThat(repeated).isEqualTo(fixture.idempotent());
  }

  private List<AggregateWalk<C, E, S>> walks() {
    return AggregateWalk.many(fixture, WALKS, LENGTH);
  }

  private Set<S> states(List<AggregateWalk<C, E, S>> walks) {
    var states = new LinkedHashSet<S>();
    states.add(fixture.aggregate().initial());
    walks.forEach(walk -> walk.steps().forEach(step -> states.add(step.after())));
    return states;
  }

  /** Some states of every status, so that rare ones are not lost. */
  private List<S> some(Set<S> states) {
    var perStatus = STATES / fixture.statuses().size() + 1;
    return states.stream()
        .collect(Collectors.groupingBy(state -> fixture.aggregate().status(state)))
        .values()
        .stream()
        .flatMap(same -> same.stream().limit(perStatus))
        .toList();
  }

  private static Set<String> permitted(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> names(Stream<?> values) {
    return values
        .map(value -> value.getClass().getSimpleName())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
