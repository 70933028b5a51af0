package govcloud.node.readmodel;

import govcloud.node.account.AccountTable;
import govcloud.node.app.AppTable;
import govcloud.node.attention.Attention;
import govcloud.node.casework.CaseTable;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.deferral.NoticeDeferralTable;
import govcloud.node.exchange.ExchangeTable;
import govcloud.node.feed.EntityHistory;
import govcloud.node.feed.EventFeed;
import govcloud.node.metering.Quotas;
import govcloud.node.metering.RequestMeter;
import govcloud.node.metering.UsageTable;
import govcloud.node.objection.ObjectionTable;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.Rebuilds;
import govcloud.node.projection.Views;
import govcloud.node.projection.parking.Parking;
import govcloud.node.recall.RecallTable;
import govcloud.node.sharing.AgreementTable;
import govcloud.node.sharing.ResourceTable;
import govcloud.node.tenant.TenantTable;

/** Everything that can be asked about the cloud without asking an entity. */
public record ReadModels(
    Views views,
    Parking parking,
    Rebuilds rebuilds,
    TenantTable tenants,
    AppTable apps,
    CaseTable cases,
    OperationTable operations,
    ResourceTable resources,
    AgreementTable agreements,
    ExchangeTable exchanges,
    ObjectionTable objections,
    RecallTable recalls,
    NoticeDeferralTable deferrals,
    CorrectionTable corrections,
    AccountTable accounts,
    UsageTable usage,
    RequestMeter requests,
    Quotas quotas,
    EventFeed feed,
    EntityHistory history,
    Attention attention) {}
