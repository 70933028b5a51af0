package govcloud.node;

import govcloud.domain.alarm.AlarmBook;
import govcloud.domain.alarm.AlarmCommand;
import govcloud.domain.alarm.AlarmState;
import govcloud.domain.app.AppInstance;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.audit.AuditCommand;
import govcloud.domain.audit.AuditState;
import govcloud.domain.audit.AuditTrail;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.FormReader;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.correction.Correction;
import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.deferral.NoticeDeferral;
import govcloud.domain.deferral.NoticeDeferralCommand;
import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.domain.exchange.Exchange;
import govcloud.domain.exchange.ExchangeCommand;
import govcloud.domain.exchange.ExchangeState;
import govcloud.domain.exchange.Ledger;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerState;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.SignInSource;
import govcloud.domain.identity.SourceCommand;
import govcloud.domain.identity.SourceState;
import govcloud.domain.objection.Objection;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.objection.ObjectionState;
import govcloud.domain.operation.Operation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.recall.Recall;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallState;
import govcloud.domain.sharing.Agreement;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.Resource;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.sharing.SharingLimits;
import govcloud.domain.subject.Subject;
import govcloud.domain.subject.SubjectCommand;
import govcloud.domain.subject.SubjectState;
import govcloud.domain.tenant.Tenant;
import govcloud.domain.tenant.TenantCommand;
import govcloud.domain.tenant.TenantState;
import govcloud.exchange.policy.PolicyExamples;
import govcloud.node.eventsourcing.AggregateType;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.protobuf.journal.AccountCodec;
import govcloud.protobuf.journal.AgreementCodec;
import govcloud.protobuf.journal.AlarmCodec;
import govcloud.protobuf.journal.AppInstanceCodec;
import govcloud.protobuf.journal.AuditCodec;
import govcloud.protobuf.journal.CaseCodec;
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
import java.util.List;

/** Every kind of entity of the program, with its rules and its codec. */
final class NodeAggregates {

  private NodeAggregates() {}

  static AggregateTypes all(Catalogue catalogue, FormReader forms, SharingLimits sharing) {
    return new AggregateTypes(
        List.of(
            new AggregateType<>(
                new Tenant(), new TenantCodec(), TenantCommand.class, TenantState.class),
            new AggregateType<>(
                new AppInstance(catalogue),
                new AppInstanceCodec(),
                AppInstanceCommand.class,
                AppInstanceState.class),
            new AggregateType<>(
                new Case(catalogue, forms), new CaseCodec(), CaseCommand.class, CaseState.class),
            new AggregateType<>(
                new Operation(),
                new OperationCodec(),
                OperationCommand.class,
                OperationState.class),
            new AggregateType<>(
                new Account(), new AccountCodec(), AccountCommand.class, AccountState.class),
            trails(),
            new AggregateType<>(
                new Resource(), new ResourceCodec(), ResourceCommand.class, ResourceState.class),
            new AggregateType<>(
                new Agreement(catalogue.calendar(), sharing, new PolicyExamples()),
                new AgreementCodec(),
                AgreementCommand.class,
                AgreementState.class),
            new AggregateType<>(
                new Ledger(), new LedgerCodec(), LedgerCommand.class, LedgerState.class),
            exchanges(),
            objections(catalogue, sharing),
            recalls(catalogue, sharing),
            deferrals(sharing),
            corrections(catalogue, sharing),
            alarms(),
            subjects(),
            sources()));
  }

  private static AggregateType<?, ?, ?> trails() {
    return new AggregateType<>(
        new AuditTrail(), new AuditCodec(), AuditCommand.class, AuditState.class);
  }

  private static AggregateType<?, ?, ?> exchanges() {
    return new AggregateType<>(
        new Exchange(), new ExchangeCodec(), ExchangeCommand.class, ExchangeState.class);
  }

  private static AggregateType<?, ?, ?> objections(Catalogue catalogue, SharingLimits sharing) {
    return new AggregateType<>(
        new Objection(catalogue.calendar(), sharing),
        new ObjectionCodec(),
        ObjectionCommand.class,
        ObjectionState.class);
  }

  private static AggregateType<?, ?, ?> recalls(Catalogue catalogue, SharingLimits sharing) {
    return new AggregateType<>(
        new Recall(catalogue.calendar(), sharing),
        new RecallCodec(),
        RecallCommand.class,
        RecallState.class);
  }

  private static AggregateType<?, ?, ?> deferrals(SharingLimits sharing) {
    return new AggregateType<>(
        new NoticeDeferral(sharing),
        new NoticeDeferralCodec(),
        NoticeDeferralCommand.class,
        NoticeDeferralState.class);
  }

  private static AggregateType<?, ?, ?> corrections(Catalogue catalogue, SharingLimits sharing) {
    return new AggregateType<>(
        new Correction(catalogue.calendar(), sharing),
        new CorrectionCodec(),
        CorrectionCommand.class,
        CorrectionState.class);
  }

  private static AggregateType<?, ?, ?> subjects() {
    return new AggregateType<>(
        new Subject(), new SubjectCodec(), SubjectCommand.class, SubjectState.class);
  }

  private static AggregateType<?, ?, ?> sources() {
    return new AggregateType<>(
        new SignInSource(), new SourceCodec(), SourceCommand.class, SourceState.class);
  }

  private static AggregateType<?, ?, ?> alarms() {
    return new AggregateType<>(
        new AlarmBook(), new AlarmCodec(), AlarmCommand.class, AlarmState.class);
  }
}
