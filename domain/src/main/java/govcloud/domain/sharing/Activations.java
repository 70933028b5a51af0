package govcloud.domain.sharing;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.sharing.Activation.Stage;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When an emergency agreement gives data: the rules of its activations. */
final class Activations {

  private static final int LONGEST_INCIDENT = 200;

  private final WorkingCalendar calendar;
  private final SharingLimits limits;

  Activations(WorkingCalendar calendar, SharingLimits limits) {
    this.calendar = calendar;
    this.limits = limits;
  }

  /** Whether a command is about activations. */
  static boolean concern(AgreementCommand command) {
    return command instanceof AgreementCommand.RequestActivation
        || command instanceof AgreementCommand.Activate
        || command instanceof AgreementCommand.EndActivation
        || command instanceof AgreementCommand.LapseActivation
        || command instanceof AgreementCommand.ReviewActivation;
  }

  Decision<AgreementEvent> decide(AgreementState state, AgreementCommand command, Context context) {
    if (state.contract().isEmpty()) {
      return Checks.wrong("agreement: none signed", "one that was signed");
    }
    var contract = state.contract().get();
    if (command instanceof AgreementCommand.RequestActivation c) {
      return request(state, contract, c, context);
    } else if (command instanceof AgreementCommand.Activate c) {
      return activate(state, contract, c, context);
    } else if (command instanceof AgreementCommand.EndActivation c) {
      return end(state, contract, c, context);
    } else if (command instanceof AgreementCommand.ReviewActivation c) {
      return review(state, contract, c, context);
    }
    return lapse(state, context);
  }

  private static Decision<AgreementEvent> request(
      AgreementState state,
      Contract contract,
      AgreementCommand.RequestActivation c,
      Context context) {
    return Checks.party(c.party(), contract.terms().consumer())
        .or(() -> usable(contract, context))
        .or(() -> Checks.inPerson(context.actor()))
        .or(() -> Checks.reason(c.reason()))
        .or(() -> Checks.text("incident", c.incident(), LONGEST_INCIDENT))
        .or(() -> free(state, context.now()))
        .orElseGet(
            () ->
                Decision.accept(
                    new AgreementEvent.ActivationRequested(
                        state.activation().map(Activation::number).orElse(0) + 1,
                        context.actor().person(),
                        c.reason(),
                        c.incident(),
                        context.now())));
  }

  /** Nothing asked for or in effect, and whatever was has been looked back at. */
  private static Optional<Decision<AgreementEvent>> free(AgreementState state, Instant now) {
    var before = state.activation();
    if (before.filter(one -> one.stage() == Stage.ENDED).isPresent()) {
      return Checks.refuse(
          AgreementRefusal.AGREEMENT_REVIEW_DUE,
          "activation " + before.get().number() + ": not reviewed (expected: a review of it)");
    }
    return before
        .filter(one -> one.stage() == Stage.ACTIVE || one.waitsAt(now))
        .map(one -> wrong(one, "none"));
  }

  private Decision<AgreementEvent> activate(
      AgreementState state, Contract contract, AgreementCommand.Activate c, Context context) {
    var found = state.activation();
    return Checks.party(c.party(), contract.terms().consumer())
        .or(() -> usable(contract, context))
        .or(() -> Checks.inPerson(context.actor()))
        .or(
            () ->
                found.filter(one -> one.waitsAt(context.now())).isPresent()
                    ? Optional.<Decision<AgreementEvent>>empty()
                    : Optional.of(waits(found)))
        .or(() -> read(found.orElseThrow(), c.number()))
        .or(() -> another(found.orElseThrow(), context.actor()))
        .orElseGet(() -> activated(contract.terms(), context));
  }

  private static Decision<AgreementEvent> waits(Optional<Activation> found) {
    return Checks.wrong(
        "activation: "
            + found
                .map(one -> one.stage() == Stage.REQUESTED ? "lapsed" : Checks.word(one.stage()))
                .orElse("none"),
        "one asked for in the last " + Activation.LONGEST_REQUEST.toHours() + " hours");
  }

  private static Optional<Decision<AgreementEvent>> read(Activation found, int number) {
    return found.number() == number
        ? Optional.empty()
        : Optional.of(
            Checks.wrong("activation: " + number, found.number() + ", which was asked for"));
  }

  private static Optional<Decision<AgreementEvent>> another(Activation found, Actor actor) {
    return found.requestedBy().equals(actor.person())
        ? Checks.refuse(
            AgreementRefusal.AGREEMENT_ACTIVATOR_TWICE,
            actor.person() + ": has asked for it (expected: another person)")
        : Optional.empty();
  }

  private static Decision<AgreementEvent> activated(AgreementTerms terms, Context context) {
    var until = context.now().plus(Duration.ofDays(terms.emergencyDays().orElseThrow()));
    return Decision.accept(
        new AgreementEvent.Activated(
            context.actor().person(),
            until.isBefore(terms.validUntil()) ? until : terms.validUntil(),
            context.now()));
  }

  private Decision<AgreementEvent> end(
      AgreementState state, Contract contract, AgreementCommand.EndActivation c, Context context) {
    return Checks.party(c.party(), contract.terms().provider(), contract.terms().consumer())
        .or(() -> Checks.reason(c.reason()))
        .or(() -> stage(state, Stage.REQUESTED, Stage.ACTIVE))
        .orElseGet(
            () ->
                Decision.accept(
                    state.activation().orElseThrow().stage() == Stage.ACTIVE
                        ? ended(c.party(), c.reason(), context.now())
                        : new AgreementEvent.ActivationWithdrawn(
                            c.party(), c.reason(), context.now())));
  }

  /** What is in effect ends with the terms under which it is. */
  List<AgreementEvent> endingWith(AgreementState state, String party, Instant now) {
    return state
        .activation()
        .filter(one -> one.stage() == Stage.ACTIVE)
        .map(one -> List.<AgreementEvent>of(ended(party, "", now)))
        .orElse(List.of());
  }

  private AgreementEvent ended(String party, String reason, Instant now) {
    return new AgreementEvent.ActivationEnded(
        party, reason, calendar.plusWorkingDays(now, limits.reviewDays()), now);
  }

  private Decision<AgreementEvent> lapse(AgreementState state, Context context) {
    if (state.activation().filter(one -> one.stage() == Stage.ACTIVE).isEmpty()) {
      return Decision.accept();
    }
    var until = state.activation().flatMap(Activation::until).orElseThrow();
    return context.now().isBefore(until)
        ? Decision.refuse(
            AgreementRefusal.AGREEMENT_NOT_DUE,
            "now: " + context.now() + " (expected: not before " + until + ")")
        : Decision.accept(ended("", "", context.now()));
  }

  private static Decision<AgreementEvent> review(
      AgreementState state,
      Contract contract,
      AgreementCommand.ReviewActivation c,
      Context context) {
    return Checks.party(c.party(), contract.terms().consumer())
        .or(() -> stage(state, Stage.ENDED))
        .or(() -> Checks.inPerson(context.actor()))
        .or(() -> Checks.text("review", c.review(), Faults.LONGEST_TEXT))
        .orElseGet(
            () ->
                Decision.accept(
                    new AgreementEvent.ActivationReviewed(
                        context.actor().person(), c.review(), context.now())));
  }

  private static Optional<Decision<AgreementEvent>> usable(Contract contract, Context context) {
    if (contract.terms().emergencyDays().isEmpty()) {
      return Checks.refuse(
          AgreementRefusal.AGREEMENT_NO_EMERGENCY,
          "terms: of no emergency agreement (expected: with `emergency`)");
    }
    var holds = contract.status() == Status.EFFECTIVE && contract.terms().validAt(context.now());
    return holds
        ? Optional.empty()
        : Optional.of(Checks.wrong("agreement: " + Checks.word(contract.status()), "in force now"));
  }

  private static Optional<Decision<AgreementEvent>> stage(AgreementState state, Stage... expected) {
    var found = state.activation();
    var words = List.of(expected).stream().map(Checks::word).toList();
    return found.filter(one -> List.of(expected).contains(one.stage())).isPresent()
        ? Optional.empty()
        : Optional.of(
            Checks.wrong(
                "activation: " + found.map(one -> Checks.word(one.stage())).orElse("none"),
                String.join(" or ", words)));
  }

  private static Decision<AgreementEvent> wrong(Activation found, String expected) {
    return Checks.wrong(
        "activation " + found.number() + ": " + Checks.word(found.stage()), expected);
  }
}
