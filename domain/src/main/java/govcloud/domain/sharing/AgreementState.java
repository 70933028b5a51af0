package govcloud.domain.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An agreement as it is now: what is in force, and what is asked for beside it.
 *
 * @param proposal the last terms that were applied for, until they take effect
 * @param contract terms that took effect
 * @param reason the last that somebody gave, or an empty string
 * @param activation the last of an emergency agreement
 */
public record AgreementState(
    Optional<Proposal> proposal,
    Optional<Contract> contract,
    String reason,
    Optional<Activation> activation) {

  /** Nothing has been asked. */
  public static final AgreementState VACANT =
      new AgreementState(Optional.empty(), Optional.empty(), "", Optional.empty());

  /** Where an agreement is in its life. */
  public enum Status {
    VACANT,
    /** The operator checks. */
    SUBMITTED,
    /** The consumer has to mend it. */
    RETURNED,
    /** The provider has to answer. */
    CHECKED,
    /** Signatures are missing. */
    SIGNING,
    REFUSED,
    WITHDRAWN,
    EFFECTIVE,
    SUSPENDED,
    REVOKED,
    EXPIRED
  }

  /** A person's word for a party. */
  public record Signature(String party, String person, Instant at) {}

  /**
   * Terms that were applied for; they replace those in force when all have signed.
   *
   * @param unconditional whether only the consumer has to sign
   * @param due until when the next one has to act; none if nobody has a limit
   * @param escalated whether that limit passed in silence
   */
  public record Proposal(
      Status stage,
      AgreementTerms terms,
      String address,
      boolean unconditional,
      Optional<Instant> due,
      boolean escalated,
      List<Signature> signatures) {
    public Proposal {
      signatures = List.copyOf(signatures);
    }

    /** Whether it is on its way: neither refused nor withdrawn. */
    public boolean open() {
      return stage != Status.REFUSED && stage != Status.WITHDRAWN;
    }

    /** How many people of a party have to sign. */
    public int needed(String party) {
      return unconditional && party.equals(terms.provider()) ? 0 : terms.core() ? 2 : 1;
    }

    /** How many people of a party have to sign that have not. */
    public int missing(String party) {
      var there = signatures.stream().filter(s -> s.party().equals(party)).count();
      return Math.max(0, needed(party) - (int) there);
    }

    private Proposal at(Status next, Optional<Instant> limit) {
      return new Proposal(next, terms, address, unconditional, limit, false, signatures);
    }

    private Proposal with(Signature signature) {
      var more = new ArrayList<>(signatures);
      more.add(signature);
      return new Proposal(stage, terms, address, unconditional, due, escalated, more);
    }

    private Proposal late() {
      return new Proposal(stage, terms, address, unconditional, due, true, signatures);
    }
  }

  /**
   * Terms that took effect.
   *
   * @param number counts the terms of this agreement from 1
   * @param since when they took effect
   * @param heldBy the party that suspended them, otherwise an empty string
   */
  public record Contract(
      Status status,
      int number,
      AgreementTerms terms,
      String address,
      List<Signature> signatures,
      Instant since,
      String heldBy) {
    public Contract {
      signatures = List.copyOf(signatures);
    }

    private Contract at(Status next, String party) {
      return new Contract(next, number, terms, address, signatures, since, party);
    }

    /** Whether it may still be changed. */
    public boolean open() {
      return status == Status.EFFECTIVE || status == Status.SUSPENDED;
    }
  }

  /** What people call its status: that of the terms in force, else of those applied for. */
  public Status status() {
    return contract
        .map(Contract::status)
        .or(() -> proposal.map(Proposal::stage))
        .orElse(Status.VACANT);
  }

  /** The terms in force, else those applied for; none while vacant. */
  public Optional<AgreementTerms> terms() {
    return contract.map(Contract::terms).or(() -> proposal.map(Proposal::terms));
  }

  /** The terms that an exchange may rely on at a moment; none: nothing may be exchanged. */
  public Optional<Contract> effectiveAt(Instant now) {
    return contract
        .filter(present -> present.status() == Status.EFFECTIVE)
        .filter(present -> present.terms().validAt(now));
  }

  /** The agreement after {@code event}; accepts every event in every state. */
  public AgreementState after(AgreementEvent event) {
    if (event instanceof AgreementEvent.Applied e) {
      return proposed(Status.SUBMITTED, e.terms(), e.address(), false, e.due());
    } else if (event instanceof AgreementEvent.Granted e) {
      return proposed(Status.SIGNING, e.terms(), e.address(), true, e.due());
    } else if (event instanceof AgreementEvent.Returned e) {
      return stage(Status.RETURNED, Optional.empty(), e.reason());
    } else if (event instanceof AgreementEvent.Confirmed e) {
      return stage(Status.CHECKED, Optional.of(e.due()), "");
    } else if (event instanceof AgreementEvent.Consented e) {
      return stage(Status.SIGNING, Optional.of(e.due()), "");
    } else if (event instanceof AgreementEvent.Refused e) {
      return stage(Status.REFUSED, Optional.empty(), e.reason());
    } else if (event instanceof AgreementEvent.Withdrawn e) {
      return stage(Status.WITHDRAWN, Optional.empty(), e.reason());
    } else if (event instanceof AgreementEvent.Signed e) {
      var signature = new Signature(e.party(), e.person(), e.at());
      return with(proposal.map(p -> p.with(signature)), contract, reason);
    } else if (event instanceof AgreementEvent.Escalated) {
      return with(proposal.map(Proposal::late), contract, reason);
    } else if (event instanceof AgreementEvent.TookEffect e) {
      return tookEffect(e.at());
    }
    return contractAfter(event);
  }

  private AgreementState contractAfter(AgreementEvent event) {
    if (event instanceof AgreementEvent.Suspended e) {
      return contract(Status.SUSPENDED, e.party(), e.reason());
    } else if (event instanceof AgreementEvent.Resumed) {
      return contract(Status.EFFECTIVE, "", "");
    } else if (event instanceof AgreementEvent.Revoked e) {
      return contract(Status.REVOKED, "", e.reason()).withoutProposal();
    } else if (event instanceof AgreementEvent.Expired) {
      return contract(Status.EXPIRED, "", "").withoutProposal();
    }
    return activationAfter(event);
  }

  private AgreementState activationAfter(AgreementEvent event) {
    if (event instanceof AgreementEvent.ActivationRequested e) {
      return activation(Optional.of(Activation.requested(e)));
    } else if (event instanceof AgreementEvent.Activated e) {
      return activation(activation.map(one -> one.activated(e)));
    } else if (event instanceof AgreementEvent.ActivationWithdrawn e) {
      return activation(activation.map(one -> one.withdrawn(e)));
    } else if (event instanceof AgreementEvent.ActivationEnded e) {
      return activation(activation.map(one -> one.ended(e)));
    } else if (event instanceof AgreementEvent.ActivationReviewed e) {
      return activation(activation.map(one -> one.reviewed(e)));
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private AgreementState activation(Optional<Activation> next) {
    return new AgreementState(proposal, contract, reason, next);
  }

  private AgreementState with(
      Optional<Proposal> nextProposal, Optional<Contract> nextContract, String why) {
    return new AgreementState(nextProposal, nextContract, why, activation);
  }

  private AgreementState proposed(
      Status stage, AgreementTerms terms, String address, boolean unconditional, Instant due) {
    var next =
        new Proposal(stage, terms, address, unconditional, Optional.of(due), false, List.of());
    return with(Optional.of(next), contract, "");
  }

  private AgreementState stage(Status next, Optional<Instant> due, String why) {
    return with(proposal.map(p -> p.at(next, due)), contract, why);
  }

  private AgreementState tookEffect(Instant at) {
    var number = contract.map(Contract::number).orElse(0) + 1;
    var next =
        proposal.map(
            p ->
                new Contract(
                    Status.EFFECTIVE, number, p.terms(), p.address(), p.signatures(), at, ""));
    return with(Optional.empty(), next.or(() -> contract), "");
  }

  private AgreementState contract(Status next, String party, String why) {
    return with(proposal, contract.map(c -> c.at(next, party)), why);
  }

  private AgreementState withoutProposal() {
    return with(Optional.empty(), contract, reason);
  }
}
