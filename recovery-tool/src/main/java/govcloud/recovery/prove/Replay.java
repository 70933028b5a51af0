package govcloud.recovery.prove;

import govcloud.domain.Aggregate;
import govcloud.domain.Commit;
import govcloud.domain.alarm.AlarmBook;
import govcloud.domain.app.AppInstance;
import govcloud.domain.audit.AuditTrail;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.FormReader.Reading;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.domain.catalogue.WorkingCalendar;
import govcloud.domain.correction.Correction;
import govcloud.domain.deferral.NoticeDeferral;
import govcloud.domain.exchange.Exchange;
import govcloud.domain.exchange.Ledger;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.SignInSource;
import govcloud.domain.objection.Objection;
import govcloud.domain.operation.Operation;
import govcloud.domain.recall.Recall;
import govcloud.domain.sharing.Agreement;
import govcloud.domain.sharing.Resource;
import govcloud.domain.sharing.SharingLimits;
import govcloud.domain.sharing.TermsCheck;
import govcloud.domain.subject.Subject;
import govcloud.domain.tenant.Tenant;
import govcloud.protobuf.journal.AccountCodec;
import govcloud.protobuf.journal.AgreementCodec;
import govcloud.protobuf.journal.AlarmCodec;
import govcloud.protobuf.journal.AppInstanceCodec;
import govcloud.protobuf.journal.AuditCodec;
import govcloud.protobuf.journal.CaseCodec;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.CorrectionCodec;
import govcloud.protobuf.journal.ExchangeCodec;
import govcloud.protobuf.journal.LedgerCodec;
import govcloud.protobuf.journal.NoticeDeferralCodec;
import govcloud.protobuf.journal.ObjectionCodec;
import govcloud.protobuf.journal.OperationCodec;
import govcloud.protobuf.journal.RecallCodec;
import govcloud.protobuf.journal.ResourceCodec;
import govcloud.protobuf.journal.SourceCodec;
import govcloud.protobuf.journal.SubjectCodec;
import govcloud.protobuf.journal.TenantCodec;
import govcloud.protobuf.journal.v1.Record;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an entity's state from its records, with the rules that the nodes run. */
final class Replay {
  private static final Catalogue NO_CATALOGUE = new NoCatalogue();

  /** What was decided is decided: a replay counts no days and checks no terms. */
  private static final WorkingCalendar NO_DAYS =
      new GovernmentCalendar(ZoneOffset.UTC, Set.of(), Set.of(), Set.of());

  private static final Map<String, Rules<?, ?>> RULES =
      Stream.of(
              new Rules<>(new Tenant(), new TenantCodec()),
              new Rules<>(new AppInstance(NO_CATALOGUE), new AppInstanceCodec()),
              new Rules<>(
                  new Case(NO_CATALOGUE, json -> Reading.failed("not read")), new CaseCodec()),
              new Rules<>(new Operation(), new OperationCodec()),
              new Rules<>(new Account(), new AccountCodec()),
              new Rules<>(new AuditTrail(), new AuditCodec()),
              new Rules<>(new Resource(), new ResourceCodec()),
              new Rules<>(
                  new Agreement(NO_DAYS, SharingLimits.USUAL, TermsCheck.withoutExpressions()),
                  new AgreementCodec()),
              new Rules<>(new Ledger(), new LedgerCodec()),
              new Rules<>(new Exchange(), new ExchangeCodec()),
              new Rules<>(new Objection(NO_DAYS, SharingLimits.USUAL), new ObjectionCodec()),
              new Rules<>(new Recall(NO_DAYS, SharingLimits.USUAL), new RecallCodec()),
              new Rules<>(new Correction(NO_DAYS, SharingLimits.USUAL), new CorrectionCodec()),
              new Rules<>(new NoticeDeferral(SharingLimits.USUAL), new NoticeDeferralCodec()),
              new Rules<>(new AlarmBook(), new AlarmCodec()),
              new Rules<>(new SignInSource(), new SourceCodec()),
              new Rules<>(new Subject(), new SubjectCodec()))
          .collect(Collectors.toUnmodifiableMap(rules -> rules.aggregate().type(), rules -> rules));

  private Replay() {}

  /** The rules and the codec of one kind of entity. */
  private record Rules<E, S>(Aggregate<?, E, S> aggregate, CommitCodec<E> codec) {
    S state(List<Record> records) {
      S state = aggregate.initial();
      for (Record record : records) {
        if (!record.getManifest().equals(codec.manifest())) {
          throw new IllegalArgumentException(
              "manifest: " + record.getManifest() + " (expected: " + codec.manifest() + ")");
        }
        Commit<E> commit = codec.decode(record.getPayload().toByteArray());
        for (E event : commit.events()) {
          state = aggregate.evolve(state, event);
        }
      }
      return state;
    }
  }

  /**
   * The state after all records.
   *
   * @param records of one entity, in order, at least one
   * @throws govcloud.protobuf.journal.CodecException when a payload cannot be read
   * @throws IllegalArgumentException when there are no rules for the entity
   */
  static Object state(List<Record> records) {
    String type = records.get(0).getEntityType();
    Rules<?, ?> rules = RULES.get(type);
    if (rules == null) {
      throw new IllegalArgumentException(
          "entity type: " + type + " (expected: one of " + RULES.keySet() + ")");
    }
    return rules.state(records);
  }

  /** What was decided is decided: a replay looks nothing up. */
  private static final class NoCatalogue implements Catalogue {
    @Override
    public Optional<AppDefinition> find(String name, int version) {
      return Optional.empty();
    }

    @Override
    public Optional<AppDefinition> newest(String name) {
      return Optional.empty();
    }

    @Override
    public List<AppDefinition> all() {
      return List.of();
    }

    @Override
    public WorkingCalendar calendar() {
      throw new IllegalStateException("calendar: asked for (expected: not by a replay)");
    }
  }
}
