package govcloud.domain.sharing;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Proposal;
import govcloud.domain.sharing.AgreementState.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From the application of a department for data of another to the end of what both signed. Terms
 * never change: those that follow are applied for, answered and signed like the first.
 */
public final class Agreement
    implements Aggregate<AgreementCommand, AgreementEvent, AgreementState> {

  private final WorkingCalendar calendar;
  private final SharingLimits limits;
  private final TermsCheck check;
  private final Activations activations;

  /**
   * The rules.
   *
   * @param calendar which days count
   * @param limits how long each may take
   * @param check of filters and policies
   */
  public Agreement(WorkingCalendar calendar, SharingLimits limits, TermsCheck check) {
    this.calendar = calendar;
    this.limits = limits;
    this.check = check;
    this.activations = new Activations(calendar, limits);
  }

  @Override
  public String type() {
    return "agreement";
  }

  @Override
  public String status(AgreementState state) {
    return Checks.word(state.status());
  }

  @Override
  public AgreementState initial() {
    return AgreementState.VACANT;
  }

  @Override
  public Decision<AgreementEvent> decide(
      AgreementState state, AgreementCommand command, Context context) {
    if (command instanceof AgreementCommand.Apply c) {
      return apply(state, c, context);
    } else if (state.status() == Status.VACANT) {
      return Decision.refuse(
          AgreementRefusal.AGREEMENT_NOT_FOUND, "agreement: vacant (expected: applied for before)");
    } else if (command instanceof AgreementCommand.Suspend
        || command instanceof AgreementCommand.Resume
        || command instanceof AgreementCommand.Revoke
        || command instanceof AgreementCommand.Expire) {
      return ofContract(state, command, context);
    } else if (Activations.concern(command)) {
      return activations.decide(state, command, context);
    }
    return state
        .proposal()
        .filter(Proposal::open)
        .map(proposal -> ofProposal(state, proposal, command, context))
        .orElseGet(
            () ->
                Checks.wrong(
                    Checks.word(state.status()) + ", nothing on its way", "an application"));
  }

  private Decision<AgreementEvent> apply(
      AgreementState state, AgreementCommand.Apply c, Context context) {
    var terms = c.terms();
    if (!c.party().equals(terms.consumer())) {
      return Checks.wrongParty(c.party(), terms.consumer());
    }
    var faults = new ArrayList<Refusal>(terms.faults());
    if (faults.isEmpty()) {
      faults.addAll(terms.faults(c.resource()));
      faults.addAll(check.faults(terms, c.resource()));
      faults.addAll(place(state, terms, context));
    }
    if (!faults.isEmpty()) {
      return Faults.refuse(faults);
    }
    var open =
        state.proposal().filter(Proposal::open).filter(one -> one.stage() != Status.RETURNED);
    if (open.isPresent()) {
      return open.get().terms().equals(terms)
          ? Decision.accept()
          : Decision.refuse(
              AgreementRefusal.AGREEMENT_ALREADY_EXISTS,
              "agreement: " + Checks.word(open.get().stage()) + " (expected: nothing on its way)");
    }
    if (state.contract().filter(contract -> !contract.open()).isPresent()) {
      return Checks.wrong(
          Checks.word(state.status()), "effective or suspended, or another identifier");
    }
    return Decision.accept(applied(terms, c.resource(), context));
  }

  private AgreementEvent applied(AgreementTerms terms, DataResource of, Context context) {
    var now = context.now();
    return of.sharing() == SharingClass.UNCONDITIONAL
        ? new AgreementEvent.Granted(
            terms, terms.address(), calendar.plusWorkingDays(now, limits.signDays()), now)
        : new AgreementEvent.Applied(
            terms, terms.address(), calendar.plusWorkingDays(now, limits.checkDays()), now);
  }

  /** Terms follow those in force, between the same parties, and do not end before they begin. */
  private List<Refusal> place(AgreementState state, AgreementTerms terms, Context context) {
    var faults = new Faults(AgreementRefusal.AGREEMENT_INVALID);
    var before = state.contract();
    var expected = before.map(Contract::address);
    faults.require(
        terms.replaces().equals(expected),
        "/replaces",
        terms.replaces().orElse("none"),
        expected.map(address -> address + ", the address of those in force").orElse("none"));
    var parties = before.map(Contract::terms).or(() -> state.proposal().map(Proposal::terms));
    parties.ifPresent(
        present -> {
          faults.require(
              present.consumer().equals(terms.consumer()),
              "/consumer",
              terms.consumer(),
              present.consumer());
          faults.require(
              present.provider().equals(terms.provider()),
              "/provider",
              terms.provider(),
              present.provider());
        });
    faults.require(
        terms.validUntil().isAfter(context.now()),
        "/valid_until",
        terms.validUntil(),
        "after " + context.now());
    terms
        .emergencyDays()
        .ifPresent(days -> faults.range("/emergency/days", days, 1, limits.emergencyDays()));
    return faults.found();
  }

  private Decision<AgreementEvent> ofProposal(
      AgreementState state, Proposal proposal, AgreementCommand command, Context context) {
    if (command instanceof AgreementCommand.Return c) {
      return Checks.operator(context)
          .or(() -> stage(proposal, Status.SUBMITTED))
          .or(() -> Checks.reason(c.reason()))
          .orElseGet(() -> Decision.accept(new AgreementEvent.Returned(c.reason(), context.now())));
    } else if (command instanceof AgreementCommand.Confirm) {
      var due = calendar.plusWorkingDays(context.now(), limits.answerDays());
      return Checks.operator(context)
          .or(() -> stage(proposal, Status.SUBMITTED))
          .orElseGet(() -> Decision.accept(new AgreementEvent.Confirmed(due, context.now())));
    } else if (command instanceof AgreementCommand.Consent c) {
      var due = calendar.plusWorkingDays(context.now(), limits.signDays());
      return Checks.party(c.party(), proposal.terms().provider())
          .or(() -> stage(proposal, Status.CHECKED))
          .orElseGet(() -> Decision.accept(new AgreementEvent.Consented(due, context.now())));
    } else if (command instanceof AgreementCommand.Refuse c) {
      return Checks.party(c.party(), proposal.terms().provider())
          .or(() -> stage(proposal, Status.CHECKED))
          .or(() -> Checks.reason(c.reason()))
          .orElseGet(() -> Decision.accept(new AgreementEvent.Refused(c.reason(), context.now())));
    } else if (command instanceof AgreementCommand.Withdraw c) {
      return Checks.party(c.party(), proposal.terms().consumer())
          .or(() -> Checks.reason(c.reason()))
          .orElseGet(
              () -> Decision.accept(new AgreementEvent.Withdrawn(c.reason(), context.now())));
    } else if (command instanceof AgreementCommand.Sign c) {
      return sign(state, proposal, c, context);
    } else if (command instanceof AgreementCommand.Escalate) {
      return escalate(proposal, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<AgreementEvent> sign(
      AgreementState state, Proposal proposal, AgreementCommand.Sign c, Context context) {
    var terms = proposal.terms();
    return stage(proposal, Status.SIGNING)
        .or(() -> Checks.party(c.party(), terms.provider(), terms.consumer()))
        .or(() -> signer(proposal, c.party(), context.actor()))
        .or(() -> readable(proposal, c.address(), context))
        .orElseGet(() -> signed(state, proposal, c, context));
  }

  private static Optional<Decision<AgreementEvent>> signer(
      Proposal proposal, String party, Actor actor) {
    var indirect = Checks.inPerson(actor);
    if (indirect.isPresent()) {
      return indirect;
    }
    if (proposal.missing(party) == 0) {
      return Optional.of(
          Checks.wrong(
              party + ": " + proposal.needed(party) + " signatures, and no more needed",
              "the other party"));
    }
    return proposal.signatures().stream()
        .filter(signature -> signature.person().equals(actor.person()))
        .findFirst()
        .map(
            signature ->
                Decision.refuse(
                    AgreementRefusal.AGREEMENT_SIGNER_TWICE,
                    actor.person()
                        + ": has signed for "
                        + signature.party()
                        + " (expected: another person)"));
  }

  private static Optional<Decision<AgreementEvent>> readable(
      Proposal proposal, String address, Context context) {
    if (!proposal.address().equals(address)) {
      return Optional.of(
          Decision.refuse(
              AgreementRefusal.AGREEMENT_ADDRESS_WRONG,
              "address: " + address + " (expected: " + proposal.address() + ")"));
    }
    var until = proposal.terms().validUntil();
    return until.isAfter(context.now())
        ? Optional.empty()
        : Optional.of(Checks.wrong("terms: over since " + until, "terms whose time is not over"));
  }

  private Decision<AgreementEvent> signed(
      AgreementState state, Proposal proposal, AgreementCommand.Sign c, Context context) {
    var signed =
        new AgreementEvent.Signed(
            c.party(), context.actor().person(), proposal.address(), context.now());
    var terms = proposal.terms();
    var left = proposal.missing(terms.provider()) + proposal.missing(terms.consumer());
    if (left > 1) {
      return Decision.accept(signed);
    }
    var events = new ArrayList<AgreementEvent>(List.of(signed));
    events.addAll(activations.endingWith(state, "", context.now()));
    events.add(new AgreementEvent.TookEffect(context.now()));
    return new Decision.Accepted<>(events);
  }

  private static Decision<AgreementEvent> escalate(Proposal proposal, Context context) {
    if (proposal.escalated()) {
      return Decision.accept();
    }
    return proposal
        .due()
        .filter(due -> context.now().isAfter(due))
        .<Decision<AgreementEvent>>map(
            due -> Decision.accept(new AgreementEvent.Escalated(due, context.now())))
        .orElseGet(
            () ->
                Decision.refuse(
                    AgreementRefusal.AGREEMENT_NOT_DUE,
                    "now: "
                        + context.now()
                        + " (expected: after "
                        + proposal.due().map(Object::toString).orElse("a limit, and none runs")
                        + ")"));
  }

  private Decision<AgreementEvent> ofContract(
      AgreementState state, AgreementCommand command, Context context) {
    if (state.contract().isEmpty()) {
      return Checks.wrong(Checks.word(state.status()), "effective or suspended");
    }
    var contract = state.contract().get();
    var parties = new String[] {contract.terms().provider(), contract.terms().consumer()};
    if (command instanceof AgreementCommand.Suspend c) {
      return Checks.party(c.party(), parties)
          .or(() -> Checks.reason(c.reason()))
          .or(() -> stage(contract, Status.EFFECTIVE))
          .orElseGet(
              () ->
                  Decision.accept(
                      new AgreementEvent.Suspended(c.party(), c.reason(), context.now())));
    } else if (command instanceof AgreementCommand.Resume c) {
      return Checks.party(c.party(), parties)
          .or(() -> stage(contract, Status.SUSPENDED))
          .or(() -> Checks.party(c.party(), contract.heldBy()))
          .orElseGet(() -> Decision.accept(new AgreementEvent.Resumed(context.now())));
    } else if (command instanceof AgreementCommand.Revoke c) {
      return Checks.party(c.party(), parties)
          .or(() -> Checks.reason(c.reason()))
          .or(() -> stage(contract, Status.EFFECTIVE, Status.SUSPENDED))
          .orElseGet(
              () ->
                  over(
                      state,
                      c.party(),
                      new AgreementEvent.Revoked(c.party(), c.reason(), context.now())));
    }
    return expire(state, contract, context);
  }

  private Decision<AgreementEvent> over(AgreementState state, String party, AgreementEvent last) {
    var events = new ArrayList<>(activations.endingWith(state, party, last.at()));
    events.add(last);
    return new Decision.Accepted<>(events);
  }

  private Decision<AgreementEvent> expire(
      AgreementState state, Contract contract, Context context) {
    if (contract.status() == Status.EXPIRED) {
      return Decision.accept();
    }
    var until = contract.terms().validUntil();
    return stage(contract, Status.EFFECTIVE, Status.SUSPENDED)
        .orElseGet(
            () ->
                context.now().isBefore(until)
                    ? Decision.refuse(
                        AgreementRefusal.AGREEMENT_NOT_DUE,
                        "now: " + context.now() + " (expected: not before " + until + ")")
                    : over(state, "", new AgreementEvent.Expired(context.now())));
  }

  private static Optional<Decision<AgreementEvent>> stage(Proposal proposal, Status expected) {
    return proposal.stage() == expected
        ? Optional.empty()
        : Optional.of(
            Checks.wrong("application: " + Checks.word(proposal.stage()), Checks.word(expected)));
  }

  private static Optional<Decision<AgreementEvent>> stage(Contract contract, Status... expected) {
    return List.of(expected).contains(contract.status())
        ? Optional.empty()
        : Optional.of(
            Checks.wrong(
                "agreement: " + Checks.word(contract.status()),
                String.join(" or ", Arrays.stream(expected).map(Checks::word).toList())));
  }

  @Override
  public AgreementState evolve(AgreementState state, AgreementEvent event) {
    return state.after(event);
  }
}
