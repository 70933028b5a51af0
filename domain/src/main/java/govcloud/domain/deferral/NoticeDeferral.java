package govcloud.domain.deferral;

import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.sharing.SharingLimits;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks at data because of one case, an investigation, are not shown to whom they are about before
 * a date. One person of the department asks, another approves; a later date needs both again. There
 * is no command that takes a deferral away: what was hidden appears, and that it was hidden stays.
 */
public final class NoticeDeferral
    implements Aggregate<NoticeDeferralCommand, NoticeDeferralEvent, NoticeDeferralState> {

  private static final int LONGEST_TEXT = 1_000;

  private final SharingLimits limits;

  /**
   * The rules.
   *
   * @param limits how far ahead a release date may lie
   */
  public NoticeDeferral(SharingLimits limits) {
    this.limits = limits;
  }

  @Override
  public String type() {
    return "deferral";
  }

  @Override
  public String status(NoticeDeferralState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public NoticeDeferralState initial() {
    return NoticeDeferralState.NONE;
  }

  @Override
  public Decision<NoticeDeferralEvent> decide(
      NoticeDeferralState state, NoticeDeferralCommand command, Context context) {
    if (command instanceof NoticeDeferralCommand.Propose c) {
      return propose(state, c, context);
    } else if (command instanceof NoticeDeferralCommand.Approve c) {
      return approve(state, c, context);
    } else if (command instanceof NoticeDeferralCommand.Decline c) {
      return decline(state, c, context);
    } else if (command instanceof NoticeDeferralCommand.Release c) {
      return release(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Decision<NoticeDeferralEvent> propose(
      NoticeDeferralState state, NoticeDeferralCommand.Propose c, Context context) {
    var person = context.actor().person();
    var waiting = state.proposal().filter(one -> context.now().isBefore(one.until()));
    if (waiting.filter(one -> isSame(one, c, person)).isPresent()) {
      return Decision.accept();
    }
    return over(state, context)
        .or(() -> waiting.map(one -> waits(one)))
        .or(() -> text("reason", c.reason()))
        .or(() -> text("legal_basis", c.legalBasis()))
        .or(() -> date(state, c, context))
        .orElseGet(
            () ->
                Decision.accept(
                    new NoticeDeferralEvent.Proposed(
                        c.reason().strip(),
                        c.legalBasis().strip(),
                        c.until(),
                        person,
                        context.now())));
  }

  private static boolean isSame(
      NoticeDeferralState.Proposal one, NoticeDeferralCommand.Propose c, String person) {
    return one.reason().equals(c.reason().strip())
        && one.legalBasis().equals(c.legalBasis().strip())
        && one.until().equals(c.until())
        && one.person().equals(person);
  }

  private static Decision<NoticeDeferralEvent> waits(NoticeDeferralState.Proposal one) {
    return Decision.refuse(
        NoticeDeferralRefusal.DEFERRAL_WAITS,
        "request until " + one.until() + ": waits (expected: approved or declined first)");
  }

  /** What has appeared is known, so nothing hides it again. */
  private static Optional<Decision<NoticeDeferralEvent>> over(
      NoticeDeferralState state, Context context) {
    return state
        .until()
        .filter(until -> !context.now().isBefore(until))
        .map(
            until ->
                Decision.refuse(
                    NoticeDeferralRefusal.DEFERRAL_OVER,
                    "deferral: over since " + until + " (expected: one whose date is to come)"));
  }

  private Optional<Decision<NoticeDeferralEvent>> date(
      NoticeDeferralState state, NoticeDeferralCommand.Propose c, Context context) {
    var after = state.until().filter(context.now()::isBefore).orElse(context.now());
    var last = context.now().plus(Duration.ofDays(limits.deferralDays()));
    return c.until().isAfter(after) && !c.until().isAfter(last)
        ? Optional.empty()
        : Optional.of(wrongDate("until: " + c.until(), "after " + after + ", at latest " + last));
  }

  private static Decision<NoticeDeferralEvent> approve(
      NoticeDeferralState state, NoticeDeferralCommand.Approve c, Context context) {
    if (state.proposal().isEmpty()) {
      return notFound();
    }
    var asked = state.proposal().get();
    if (!c.until().equals(asked.until())) {
      return wrongDate("until: " + c.until(), asked.until() + ", which was asked for");
    }
    if (!c.reason().strip().equals(asked.reason())
        || !c.legalBasis().strip().equals(asked.legalBasis())) {
      return Decision.refuse(
          NoticeDeferralRefusal.DEFERRAL_TEXT_INVALID,
          "reason, legal_basis: not those of the request (expected: as its first person said)");
    }
    if (!context.now().isBefore(asked.until())) {
      return wrongDate("until: " + asked.until(), "after " + context.now());
    }
    if (asked.person().equals(context.actor().person())) {
      return Decision.refuse(
          NoticeDeferralRefusal.DEFERRAL_APPROVER_TWICE,
          asked.person() + ": has asked for it (expected: another person)");
    }
    return over(state, context)
        .orElseGet(
            () ->
                Decision.accept(
                    new NoticeDeferralEvent.Approved(context.actor().person(), context.now())));
  }

  private static Decision<NoticeDeferralEvent> decline(
      NoticeDeferralState state, NoticeDeferralCommand.Decline c, Context context) {
    if (state.proposal().isEmpty()) {
      return notFound();
    }
    return text("reason", c.reason())
        .orElseGet(
            () ->
                Decision.accept(
                    new NoticeDeferralEvent.Declined(
                        c.reason().strip(), context.actor().person(), context.now())));
  }

  private static Decision<NoticeDeferralEvent> release(
      NoticeDeferralState state, NoticeDeferralCommand.Release c, Context context) {
    if (state.grants().isEmpty()) {
      return notFound();
    }
    return over(state, context)
        .or(() -> text("reason", c.reason()))
        .orElseGet(
            () ->
                Decision.accept(
                    new NoticeDeferralEvent.Released(
                        c.reason().strip(), context.actor().person(), context.now())));
  }

  private static Optional<Decision<NoticeDeferralEvent>> text(String name, String text) {
    var length = text.strip().length();
    return length >= 1 && length <= LONGEST_TEXT
        ? Optional.empty()
        : Optional.of(
            Decision.refuse(
                NoticeDeferralRefusal.DEFERRAL_TEXT_INVALID,
                "%s: %d characters (expected: 1 to %d)".formatted(name, length, LONGEST_TEXT)));
  }

  private static Decision<NoticeDeferralEvent> notFound() {
    return Decision.refuse(
        NoticeDeferralRefusal.DEFERRAL_NOT_FOUND,
        "deferral: nothing to answer or to end (expected: one that was asked for)");
  }

  private static Decision<NoticeDeferralEvent> wrongDate(String found, String expected) {
    return Decision.refuse(
        NoticeDeferralRefusal.DEFERRAL_DATE_INVALID, found + " (expected: " + expected + ")");
  }

  @Override
  public NoticeDeferralState evolve(NoticeDeferralState state, NoticeDeferralEvent event) {
    return state.after(event);
  }
}
