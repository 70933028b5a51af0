package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Onward;
import govcloud.domain.sharing.Policy;
import govcloud.protobuf.journal.v1.AgreementChange;
import govcloud.protobuf.journal.v1.AgreementCommit;
import govcloud.protobuf.journal.v1.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Journal form of {@link AgreementEvent}. */
public final class AgreementCodec extends ProtobufCommitCodec<AgreementEvent> {

  /** The codec of {@code agreement/1}. */
  public AgreementCodec() {
    super("agreement", 1, AgreementEvent.class);
  }

  @Override
  MessageLite write(Commit<AgreementEvent> commit) {
    var message = AgreementCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<AgreementEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = AgreementCommit.parseFrom(payload);
    var events = new ArrayList<AgreementEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private AgreementChange.Builder change(AgreementEvent event) {
    var change = AgreementChange.newBuilder();
    if (event instanceof AgreementEvent.Applied e) {
      change.setApplied(proposed(e.terms(), e.address(), e.due()));
    } else if (event instanceof AgreementEvent.Granted e) {
      change.setGranted(proposed(e.terms(), e.address(), e.due()));
    } else if (event instanceof AgreementEvent.Returned e) {
      change.getReturnedBuilder().setReason(e.reason());
    } else if (event instanceof AgreementEvent.Confirmed e) {
      change.getConfirmedBuilder().setDue(timestamp(e.due()));
    } else if (event instanceof AgreementEvent.Consented e) {
      change.getConsentedBuilder().setDue(timestamp(e.due()));
    } else if (event instanceof AgreementEvent.Refused e) {
      change.getRefusedBuilder().setReason(e.reason());
    } else if (event instanceof AgreementEvent.Withdrawn e) {
      change.getWithdrawnBuilder().setReason(e.reason());
    } else if (event instanceof AgreementEvent.Signed e) {
      change.getSignedBuilder().setParty(e.party()).setPerson(e.person()).setAddress(e.address());
    } else if (event instanceof AgreementEvent.TookEffect) {
      change.getTookEffectBuilder();
    } else if (event instanceof AgreementEvent.Suspended e) {
      change.getSuspendedBuilder().setParty(e.party()).setReason(e.reason());
    } else if (event instanceof AgreementEvent.Resumed) {
      change.getResumedBuilder();
    } else if (event instanceof AgreementEvent.Revoked e) {
      change.getRevokedBuilder().setParty(e.party()).setReason(e.reason());
    } else if (event instanceof AgreementEvent.Expired) {
      change.getExpiredBuilder();
    } else if (event instanceof AgreementEvent.Escalated e) {
      change.getEscalatedBuilder().setDue(timestamp(e.due()));
    } else {
      activation(change, event);
    }
    return change;
  }

  private void activation(AgreementChange.Builder change, AgreementEvent event) {
    if (event instanceof AgreementEvent.ActivationRequested e) {
      change
          .getActivationRequestedBuilder()
          .setNumber(e.number())
          .setPerson(e.person())
          .setReason(e.reason())
          .setIncident(e.incident());
    } else if (event instanceof AgreementEvent.Activated e) {
      change.getActivatedBuilder().setPerson(e.person()).setUntil(timestamp(e.until()));
    } else if (event instanceof AgreementEvent.ActivationWithdrawn e) {
      change.getActivationWithdrawnBuilder().setParty(e.party()).setReason(e.reason());
    } else if (event instanceof AgreementEvent.ActivationEnded e) {
      change
          .getActivationEndedBuilder()
          .setParty(e.party())
          .setReason(e.reason())
          .setReviewDue(timestamp(e.reviewDue()));
    } else if (event instanceof AgreementEvent.ActivationReviewed e) {
      change.getActivationReviewedBuilder().setPerson(e.person()).setReview(e.review());
    } else {
      throw formless(event);
    }
  }

  private AgreementEvent event(AgreementChange change, Instant at) {
    return switch (change.getKindCase()) {
      case APPLIED -> {
        var applied = change.getApplied();
        yield new AgreementEvent.Applied(
            terms(applied.getTerms()), applied.getAddress(), instant(applied.getDue()), at);
      }
      case GRANTED -> {
        var granted = change.getGranted();
        yield new AgreementEvent.Granted(
            terms(granted.getTerms()), granted.getAddress(), instant(granted.getDue()), at);
      }
      case RETURNED -> new AgreementEvent.Returned(change.getReturned().getReason(), at);
      case CONFIRMED -> new AgreementEvent.Confirmed(instant(change.getConfirmed().getDue()), at);
      case CONSENTED -> new AgreementEvent.Consented(instant(change.getConsented().getDue()), at);
      case REFUSED -> new AgreementEvent.Refused(change.getRefused().getReason(), at);
      case WITHDRAWN -> new AgreementEvent.Withdrawn(change.getWithdrawn().getReason(), at);
      case SIGNED -> {
        var signed = change.getSigned();
        yield new AgreementEvent.Signed(
            signed.getParty(), signed.getPerson(), signed.getAddress(), at);
      }
      case TOOK_EFFECT -> new AgreementEvent.TookEffect(at);
      case SUSPENDED -> {
        var suspended = change.getSuspended();
        yield new AgreementEvent.Suspended(suspended.getParty(), suspended.getReason(), at);
      }
      case RESUMED -> new AgreementEvent.Resumed(at);
      case REVOKED -> {
        var revoked = change.getRevoked();
        yield new AgreementEvent.Revoked(revoked.getParty(), revoked.getReason(), at);
      }
      case EXPIRED -> new AgreementEvent.Expired(at);
      case ESCALATED -> new AgreementEvent.Escalated(instant(change.getEscalated().getDue()), at);
      default -> activation(change, at);
    };
  }

  private AgreementEvent activation(AgreementChange change, Instant at) {
    return switch (change.getKindCase()) {
      case ACTIVATION_REQUESTED -> {
        var requested = change.getActivationRequested();
        yield new AgreementEvent.ActivationRequested(
            requested.getNumber(),
            requested.getPerson(),
            requested.getReason(),
            requested.getIncident(),
            at);
      }
      case ACTIVATED -> {
        var activated = change.getActivated();
        yield new AgreementEvent.Activated(
            activated.getPerson(), instant(activated.getUntil()), at);
      }
      case ACTIVATION_WITHDRAWN -> {
        var withdrawn = change.getActivationWithdrawn();
        yield new AgreementEvent.ActivationWithdrawn(
            withdrawn.getParty(), withdrawn.getReason(), at);
      }
      case ACTIVATION_ENDED -> {
        var ended = change.getActivationEnded();
        yield new AgreementEvent.ActivationEnded(
            ended.getParty(), ended.getReason(), instant(ended.getReviewDue()), at);
      }
      case ACTIVATION_REVIEWED -> {
        var reviewed = change.getActivationReviewed();
        yield new AgreementEvent.ActivationReviewed(reviewed.getPerson(), reviewed.getReview(), at);
      }
      default -> throw unknown("event");
    };
  }

  private static AgreementChange.Proposed proposed(
      AgreementTerms terms, String address, Instant due) {
    return AgreementChange.Proposed.newBuilder()
        .setTerms(terms(terms))
        .setAddress(address)
        .setDue(timestamp(due))
        .build();
  }

  private static Terms terms(AgreementTerms terms) {
    var message =
        Terms.newBuilder()
            .setProvider(terms.provider())
            .setResource(terms.resource())
            .setResourceVersion(terms.resourceVersion())
            .setConsumer(terms.consumer())
            .setPurpose(text(terms.purpose()))
            .addAllMatters(terms.matters())
            .setLegalBasis(terms.legalBasis())
            .setQuotaPerDay(terms.quotaPerDay())
            .setValidFrom(timestamp(terms.validFrom()))
            .setValidUntil(timestamp(terms.validUntil()))
            .setRetentionDays(terms.retentionDays())
            .setOnward(word(terms.onward()))
            .setCore(terms.core());
    terms.fields().forEach(field -> message.addFields(field(field)));
    terms.rowFilter().ifPresent(message::setRowFilter);
    terms.policy().ifPresent(policy -> message.setPolicy(policy(policy)));
    terms.replaces().ifPresent(message::setReplaces);
    terms.emergencyDays().ifPresent(message::setEmergencyDays);
    terms.mode().ifPresent(how -> message.setMode(word(how)));
    return message.build();
  }

  private static Terms.Field field(AgreementTerms.Field field) {
    return Terms.Field.newBuilder()
        .setItem(field.item())
        .setRule(word(field.masking().rule()))
        .setFirst(field.masking().first())
        .setLast(field.masking().last())
        .build();
  }

  private static Terms.Policy policy(Policy policy) {
    var message = Terms.Policy.newBuilder().setSource(policy.source());
    for (var example : policy.examples()) {
      message
          .addExamplesBuilder()
          .setName(example.name())
          .setInput(example.input())
          .setPermit(example.permit());
    }
    return message.build();
  }

  private AgreementTerms terms(Terms message) {
    return new AgreementTerms(
        message.getProvider(),
        message.getResource(),
        message.getResourceVersion(),
        message.getConsumer(),
        text(message.getPurpose()),
        message.getMattersList(),
        message.getLegalBasis(),
        message.getFieldsList().stream().map(this::field).toList(),
        message.hasRowFilter() ? Optional.of(message.getRowFilter()) : Optional.empty(),
        message.hasPolicy() ? Optional.of(policy(message.getPolicy())) : Optional.empty(),
        message.getQuotaPerDay(),
        instant(message.getValidFrom()),
        instant(message.getValidUntil()),
        message.getRetentionDays(),
        constant(Onward.class, message.getOnward()),
        message.getCore(),
        message.hasReplaces() ? Optional.of(message.getReplaces()) : Optional.empty(),
        message.hasEmergencyDays() ? Optional.of(message.getEmergencyDays()) : Optional.empty(),
        message.hasMode()
            ? Optional.of(constant(Mode.class, message.getMode()))
            : Optional.empty());
  }

  private AgreementTerms.Field field(Terms.Field field) {
    var rule = constant(Masking.Rule.class, field.getRule());
    return new AgreementTerms.Field(
        field.getItem(), new Masking(rule, field.getFirst(), field.getLast()));
  }

  private static Policy policy(Terms.Policy policy) {
    return new Policy(
        policy.getSource(),
        policy.getExamplesList().stream()
            .map(e -> new Policy.Example(e.getName(), e.getInput(), e.getPermit()))
            .toList());
  }
}
