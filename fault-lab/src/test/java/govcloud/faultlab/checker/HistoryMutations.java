package govcloud.faultlab.checker;

import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Answer;
import govcloud.faultlab.history.Operation.Kind;
import govcloud.faultlab.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Everything that clients may have been told wrongly. */
final class HistoryMutations {

  private HistoryMutations() {}

  static Map<String, BiFunction<History, Random, History>> all() {
    Map<String, BiFunction<History, Random, History>> all = new LinkedHashMap<>();
    all.put("acknowledged at another sequence", HistoryMutations::wrongSequence);
    all.put("acknowledged at a position before it", HistoryMutations::wrongPosition);
    all.put("acknowledged in another slice", HistoryMutations::wrongSlice);
    all.put("acknowledged but missing", HistoryMutations::missing);
    all.put("refused but stored", HistoryMutations::refused);
    all.put("stored but never asked for", HistoryMutations::neverAsked);
    all.put("another text was asked for", HistoryMutations::anotherText);
    all.put("another case was asked for", HistoryMutations::anotherCase);
    all.put("read a comment too many", HistoryMutations::tooManyComments);
    all.put("read another assignee", HistoryMutations::anotherAssignee);
    all.put("read a version that is not there", HistoryMutations::unknownVersion);
    all.put("read an old state", HistoryMutations::oldState);
    all.put("acknowledged against the order in time", HistoryMutations::againstTime);
    all.put("an entity never answers again", HistoryMutations::silent);
    return all;
  }

  private static History wrongSequence(History history, Random random) {
    return edit(
        history,
        random,
        changes(),
        o ->
            answer(
                o,
                a ->
                    new Answer(
                        a.sequence() + 1 + random.nextInt(3),
                        a.slice(),
                        a.position(),
                        a.replayed(),
                        0,
                        "")));
  }

  private static History wrongPosition(History history, Random random) {
    return edit(
        history,
        random,
        changes().and(o -> !o.answer().replayed()),
        o ->
            answer(
                o,
                a ->
                    new Answer(
                        a.sequence(),
                        a.slice(),
                        a.position() - 1 - random.nextInt(3),
                        a.replayed(),
                        0,
                        "")));
  }

  private static History wrongSlice(History history, Random random) {
    return edit(
        history,
        random,
        changes(),
        o ->
            answer(
                o,
                a -> new Answer(a.sequence(), a.slice() + 1, a.position(), a.replayed(), 0, "")));
  }

  private static History missing(History history, Random random) {
    Operation one = pick(history, random, changes());
    List<Operation> operations = new ArrayList<>(history.operations());
    Answer answer = one.answer();
    operations.add(
        with(
            one,
            one.id() + "-missing",
            one.entity(),
            one.text(),
            one.invoked(),
            one.completed(),
            Outcome.OK,
            new Answer(answer.sequence() + 1, answer.slice(), answer.position(), true, 0, "")));
    return new History(operations, history.faults());
  }

  private static History refused(History history, Random random) {
    return edit(
        history,
        random,
        changes(),
        o ->
            with(
                o,
                o.id(),
                o.entity(),
                o.text(),
                o.invoked(),
                o.completed(),
                Outcome.FAIL,
                Answer.NONE));
  }

  private static History neverAsked(History history, Random random) {
    List<Operation> operations = new ArrayList<>(history.operations());
    operations.remove(pick(history, random, changes()));
    return new History(operations, history.faults());
  }

  private static History anotherText(History history, Random random) {
    return edit(
        history,
        random,
        changes(),
        o ->
            with(
                o,
                o.id(),
                o.entity(),
                o.text() + "x",
                o.invoked(),
                o.completed(),
                Outcome.OK,
                o.answer()));
  }

  private static History anotherCase(History history, Random random) {
    return edit(
        history,
        random,
        changes(),
        o ->
            with(
                o,
                o.id(),
                o.entity() + "0",
                o.text(),
                o.invoked(),
                o.completed(),
                Outcome.OK,
                o.answer()));
  }

  private static History tooManyComments(History history, Random random) {
    return edit(
        history,
        random,
        reads(),
        o ->
            answer(
                o,
                a ->
                    new Answer(
                        a.sequence(),
                        a.slice(),
                        a.position(),
                        false,
                        a.comments() + 1,
                        a.assignee())));
  }

  private static History anotherAssignee(History history, Random random) {
    return edit(
        history,
        random,
        reads(),
        o ->
            answer(
                o,
                a ->
                    new Answer(
                        a.sequence(),
                        a.slice(),
                        a.position(),
                        false,
                        a.comments(),
                        a.assignee() + "x")));
  }

  private static History unknownVersion(History history, Random random) {
    return edit(
        history,
        random,
        reads(),
        o ->
            answer(
                o,
                a ->
                    new Answer(
                        a.sequence() + 100_000,
                        a.slice(),
                        a.position(),
                        false,
                        a.comments(),
                        a.assignee())));
  }

  /**
   * What an earlier read of the case gave is given to a later one, after something new was there.
   */
  private static History oldState(History history, Random random) {
    while (true) {
      Operation late = pick(history, random, reads());
      List<Operation> early =
          history.operations().stream()
              .filter(reads())
              .filter(o -> o.entity().equals(late.entity()) && o.completed() < late.invoked())
              .filter(
                  o ->
                      history.operations().stream()
                          .anyMatch(
                              between ->
                                  between.ok()
                                      && between.entity().equals(o.entity())
                                      && between.answer().sequence() > o.answer().sequence()
                                      && between.completed() < late.invoked()))
              .toList();
      if (!early.isEmpty()) {
        Answer old = early.get(random.nextInt(early.size())).answer();
        return replace(history, late, answer(late, a -> old));
      }
    }
  }

  /** An operation whose record is not the last is said to begin when all others had ended. */
  private static History againstTime(History history, Random random) {
    while (true) {
      Operation one = pick(history, random, changes());
      long last =
          history.operations().stream()
              .filter(changes())
              .filter(o -> o.entity().equals(one.entity()))
              .mapToLong(o -> o.answer().sequence())
              .max()
              .getAsLong();
      if (one.answer().sequence() < last) {
        long end = history.operations().stream().mapToLong(Operation::completed).max().getAsLong();
        return replace(
            history,
            one,
            with(
                one,
                one.id(),
                one.entity(),
                one.text(),
                end + 1,
                end + 2,
                Outcome.OK,
                one.answer()));
      }
    }
  }

  private static History silent(History history, Random random) {
    String entity = pick(history, random, changes()).entity();
    long healed = history.faults().stream().mapToLong(f -> f.healed()).max().getAsLong();
    List<Operation> operations = new ArrayList<>();
    for (Operation operation : history.operations()) {
      boolean after = operation.entity().equals(entity) && operation.invoked() >= healed;
      if (after && operation.ok()) {
        operations.add(
            with(
                operation,
                operation.id(),
                entity,
                operation.text(),
                operation.invoked(),
                operation.completed(),
                Outcome.UNKNOWN,
                Answer.NONE));
      } else {
        operations.add(operation);
      }
    }
    return new History(operations, history.faults());
  }

  static Predicate<Operation> changes() {
    return o -> o.ok() && o.changes();
  }

  static Predicate<Operation> reads() {
    return o -> o.ok() && o.kind() == Kind.READ;
  }

  private static Operation pick(History history, Random random, Predicate<Operation> wanted) {
    List<Operation> found = history.operations().stream().filter(wanted).toList();
    return found.get(random.nextInt(found.size()));
  }

  private static History edit(
      History history,
      Random random,
      Predicate<Operation> wanted,
      java.util.function.UnaryOperator<Operation> change) {
    Operation old = pick(history, random, wanted);
    return replace(history, old, change.apply(old));
  }

  private static History replace(History history, Operation old, Operation other) {
    List<Operation> operations = new ArrayList<>(history.operations());
    operations.set(operations.indexOf(old), other);
    return new History(operations, history.faults());
  }

  static Operation answer(Operation one, java.util.function.UnaryOperator<Answer> change) {
    return with(
        one,
        one.id(),
        one.entity(),
        one.text(),
        one.invoked(),
        one.completed(),
        one.outcome(),
        change.apply(one.answer()));
  }

  static Operation with(
      Operation one,
      String id,
      String entity,
      String text,
      long invoked,
      long completed,
      Outcome outcome,
      Answer answer) {
    return new Operation(
        id,
        one.client(),
        one.kind(),
        entity,
        one.tenant(),
        text,
        invoked,
        completed,
        one.attempts(),
        outcome,
        one.node(),
        answer,
        one.code());
  }
}
